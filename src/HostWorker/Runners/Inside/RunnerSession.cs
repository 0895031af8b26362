using Eformer.Pool.HostWorker.Engines;
using Eformer.Pool.HostWorker.Runners.Protocol;

namespace Eformer.Pool.HostWorker.Runners.Inside;

/// <summary>The runspace that a runner keeps between runs, so that variables and modules stay as in a PSSession.</summary>
internal sealed class RunnerSession(RunnerOutbox outbox, EngineKind engine) : IDisposable
{
    private HostedRunspace? _kept;

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

    /// <summary>Runs a script to its end. Throws nothing for what the script does.</summary>
    public EndedBody Run(RunJob job)
    {
        HostedRunspace place = Open();
        using RunEnvironment environment = new(job.Body);
        try
        {
            using RunFolder? folder = RunFolder.Enter(place.Runspace, job.Body);
            return new RunInvocation(place, job, outbox, engine).Run();
        }
        catch (RunRefusedException e)
        {
            return new EndedBody { NotStarted = true, Message = e.Message };
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _kept?.Dispose();
}
