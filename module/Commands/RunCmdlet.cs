using System.Collections;
using System.Management.Automation;
using Eformer.Pool.Module.Binding;
using Eformer.Pool.Module.Completion;
using Eformer.Pool.Module.Errors;
using Eformer.Pool.Module.Runs;
using Eformer.Pool.Module.Streams;

namespace Eformer.Pool.Module.Commands;

/// <summary>What commands that run something on hosts share.</summary>
public abstract class RunCmdlet : SlicePoolCmdlet
{
    /// <summary>The parameter set in which pools are an argument.</summary>
    private protected const string PoolSet = "Pool";

    /// <summary>The parameter set in which pools come through the pipeline.</summary>
    private protected const string PipedSet = "PipedPool";

    private readonly RunQueue _runs = new();
    private RunRequest? _request;
    private RecordWriter? _writer;

    /// <summary>Pools of this session, or their names.</summary>
    [Parameter(ParameterSetName = PoolSet, Position = 0, Mandatory = true)]
    [Parameter(ParameterSetName = PipedSet, Mandatory = true, ValueFromPipeline = true)]
    [SlicePoolTransformation]
    [ArgumentCompleter(typeof(PoolNameCompleter))]
    public SlicePool[] Pool { get; set; } = [];

    /// <summary>What to run.</summary>
    [Parameter(ParameterSetName = PoolSet, Position = 1, Mandatory = true)]
    [Parameter(ParameterSetName = PipedSet, Position = 0, Mandatory = true)]
    public ScriptBlock ScriptBlock { get; set; } = null!;

    /// <summary>Arguments of the script.</summary>
    [Parameter]
    [Alias("Args")]
    [AllowNull]
    [AllowEmptyCollection]
    public object?[]? ArgumentList { get; set; }

    /// <summary>Slots of the slices to run on; all when not given.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ValidateRange(0, int.MaxValue)]
    public int[]? Slice { get; set; }

    /// <summary>Hosts of each of those slices to run on, by index; all when not given.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ValidateRange(0, int.MaxValue)]
    public int[]? HostId { get; set; }

    /// <summary>Environment variables to add.</summary>
    [Parameter]
    [ValidateNotNull]
    public Hashtable? Environment { get; set; }

    /// <summary>What the run shares with others: nothing, or the pool's session on each host. Default: the pool's.</summary>
    [Parameter]
    public Isolation? Isolation { get; set; }

    /// <summary>How long the script may run on a host, in seconds.</summary>
    [Parameter]
    [ValidateRange(1, Durations.LongestSec)]
    public int? TimeoutSec { get; set; }

    /// <summary>Where objects, errors and ends go.</summary>
    private protected abstract IRunSink OpenSink();

    /// <inheritdoc/>
    protected override void Begin()
    {
        ScriptGuard.Check(ScriptBlock);
        _request = new RunRequest
        {
            Script = ScriptBlock.ToString(),
            ArgumentsXml = ArgumentEncoder.Encode(ArgumentList),
            Environment = EnvironmentTable.Read(Environment),
            Isolation = Isolation,
            Timeout = TimeoutSec is int seconds ? TimeSpan.FromSeconds(seconds) : null,
            SliceIds = Slice,
            HostIds = HostId,
        };
        _writer = new RecordWriter(this, OpenSink());
    }

    /// <inheritdoc/>
    protected override void Process()
    {
        foreach (SlicePool pool in Pool)
        {
            _runs.Start(pool, _request!);
        }

        while (_runs.TryTake(out RunEvent? taken))
        {
            Write(taken);
        }
    }

    /// <inheritdoc/>
    protected override void End()
    {
        _runs.Complete();
        while (_runs.Take(StopToken, out RunEvent? taken))
        {
            Write(taken);
        }

        if (_runs.Release() is SlicePoolException failure)
        {
            WriteWarning(failure.Message);
        }
    }

    /// <inheritdoc/>
    /// <remarks>
    /// Reached however the pipeline ended: by Ctrl+C, by <c>Select-Object -First</c>, by an error that the user made stop.
    /// Runs that have not ended are stopped on their hosts.
    /// </remarks>
    protected override void Dispose(bool disposing)
    {
        _runs.Dispose();
        base.Dispose(disposing);
    }

    private void Write(RunEvent taken)
    {
        if (taken.Record is RunRecord record)
        {
            _writer!.Write(taken.Run, record);
            return;
        }

        SlicePoolException failure = taken.Failure as SlicePoolException ?? ErrorRecords.Unexpected(taken.Failure!);
        if (failure.Category == PoolErrorCategory.InvalidArgument)
        {
            throw failure;
        }

        // What is wrong with one pool does not cost the others their results.
        WriteError(ErrorRecords.From(failure, taken.Run.Source));
    }
}
