using Eformer.Pool.HostWorker.Engines;
using Eformer.Pool.HostWorker.Functions;
using Eformer.Pool.HostWorker.Runners.Protocol;

namespace Eformer.Pool.HostWorker.Runners.Inside;

/// <summary>
/// The runspace that a runner keeps between runs, so that variables and modules stay as in a PSSession; and fresh ones beside
/// it for runs that ask for that.
/// </summary>
internal sealed class RunnerSession(RunnerOutbox outbox, EngineKind engine) : IDisposable
{
    private readonly FreshRunspaces _fresh = new(engine);
    private readonly RunnerFunctions _functions = new();
    private readonly string _home = RunFolder.OfProcess();
    private readonly RunEnvironment _environment = new();
    private HostedRunspace? _kept;
    private HostedRunspace? _used;

    /// <summary>Opens the runspace, or a new one if the last run broke it.</summary>
    public HostedRunspace Open()
    {
        if (_kept is not { IsUsable: true })
        {
            _kept?.Dispose();
            _kept = HostedRunspace.Open(engine);
        }

        return _kept;
    }

    /// <summary>Runs a script, or a function, to its end. Throws nothing for what that does.</summary>
    public EndedBody Run(RunJob job)
    {
        if (job.Body.Call is { } call)
        {
            return Run(call, job);
        }

        bool fresh = job.Body.FreshRunspace;
        HostedRunspace place = fresh ? _used = _fresh.Take() : Open();
        using IDisposable? environment = _environment.Enter(job.Body);
        try
        {
            using RunFolder? folder = RunFolder.Enter(place.Runspace, job.Body, _home);
            return new RunInvocation(place, job, outbox, engine).Run();
        }
        catch (RunRefusedException e)
        {
            return new EndedBody { NotStarted = true, Message = e.Message };
        }
    }

    // What a fresh runspace is to scripts, a fresh load context is to functions.
    private EndedBody Run(RunnerCall call, RunJob job)
    {
        using IDisposable? environment = _environment.Enter(job.Body);
        FunctionAssembly? fresh = null;
        try
        {
            CallInvocation invocation = new(call, job, outbox);
            return invocation.RunAsync(job.Body.FreshRunspace ? path => fresh = FunctionAssembly.Load(path) : _functions.Keep).GetAwaiter().GetResult();
        }
        finally
        {
            fresh?.Dispose();
        }
    }

    /// <summary>Gets ready for the next run, when the end of the last is told.</summary>
    public void Tidy()
    {
        if (_used is not null)
        {
            _fresh.Replace(_used);
            _used = null;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _kept?.Dispose();
        _fresh.Dispose();
    }
}
