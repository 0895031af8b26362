using System.Management.Automation;
using Eformer.Pool.Functions;
using Eformer.Pool.Module.Binding;
using Eformer.Pool.Module.Commands;
using Eformer.Pool.Module.Completion;
using Eformer.Pool.Module.Jobs;
using Eformer.Pool.Module.Runs;
using Eformer.Pool.Module.Streams;
using Eformer.Pool.Module.Values;

namespace Eformer.Pool.PowerShell;

/// <summary>
/// Calls a remote function on every host of a pool, and streams back what it gives: objects of its own type, each with a note of its host.
/// Derived from by generated code.
/// </summary>
/// <typeparam name="T">What the function gives: its result, or the items of its stream.</typeparam>
public abstract class RemoteFunctionCmdlet<T> : HostRunCmdlet
{
    private IValueReader? _values;

    /// <summary>Pools of this session, or their names.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true)]
    [SlicePoolTransformation]
    [ArgumentCompleter(typeof(PoolNameCompleter))]
    public SlicePool[] Pool { get; set; } = [];

    /// <summary>Gives one result per host, instead of objects and errors.</summary>
    [Parameter]
    public SwitchParameter AsResult { get; set; }

    /// <summary>Returns at once, with a job for each pool that has a child job for each host.</summary>
    [Parameter]
    public SwitchParameter AsJob { get; set; }

    /// <summary>Leaves the objects without the note of the host they came from.</summary>
    [Parameter]
    public SwitchParameter HideComputerName { get; set; }

    /// <summary>Says that the hosts have the function already, so that its assembly is not sent.</summary>
    [Parameter]
    public SwitchParameter Installed { get; set; }

    /// <inheritdoc/>
    private protected override IValueReader Values => _values ?? base.Values;

    /// <inheritdoc/>
    private protected override bool Waits => !AsJob;

    /// <summary>The call, of what the parameters hold.</summary>
    protected abstract RemoteRequest<T> CreateRequest();

    /// <inheritdoc/>
    protected sealed override void Begin() => base.Begin();

    /// <inheritdoc/>
    protected sealed override void Process()
    {
        RemoteRequest<T> request = CreateRequest();
        _values = new TypedValueReader<T>(request, MyInvocation.MyCommand.Name);
        RunRequest call = ReadOptions() with { Call = RemoteCall.Of(request, Installed) };
        foreach (SlicePool pool in Pool)
        {
            Start(pool, call);
        }

        WriteArrived();
    }

    /// <inheritdoc/>
    protected sealed override void End() => base.End();

    /// <inheritdoc/>
    private protected override IRunSink OpenSink() => AsResult ? new ResultSink(this) : new StreamingSink(new CmdletStreams(this), HideComputerName);

    /// <inheritdoc/>
    private protected override void Start(SlicePool pool, RunRequest request)
    {
        if (AsJob)
        {
            StartJob(pool, request, MyInvocation.MyCommand.Name, new RunJobOptions(AsResult, HideComputerName, Require));
        }
        else
        {
            base.Start(pool, request);
        }
    }
}
