using System.Management.Automation;
using System.Management.Automation.Runspaces;
using Eformer.Pool.HostWorker.Engines;
using Eformer.Pool.HostWorker.Runners.Protocol;

namespace Eformer.Pool.HostWorker.Runners.Inside;

/// <summary>The runspace that a runner keeps between runs, so that variables and modules stay as in a PSSession.</summary>
internal sealed class RunnerSession(RunnerOutbox outbox, EngineKind engine) : IDisposable
{
    private readonly RunnerHost _host = new();
    private Runspace? _runspace;

    /// <summary>Opens the runspace, or a new one if the last run broke it.</summary>
    public void Open()
    {
        if (_runspace?.RunspaceStateInfo.State == RunspaceState.Opened)
        {
            return;
        }

        _runspace?.Dispose();
        _runspace = EngineRunspace.Open(engine, _host);
    }

    /// <summary>Runs a script to its end. Throws nothing for what the script does.</summary>
    public EndedBody Run(RunJob job)
    {
        Open();
        using RunEnvironment environment = new(job.Body.Environment);
        using PowerShell pipeline = PowerShell.Create();
        pipeline.Runspace = _runspace;
        if (Prepare(pipeline, job.Body) is { } problem)
        {
            return new EndedBody { NotStarted = true, Message = problem };
        }

        if (job.StopRequested)
        {
            return new EndedBody { Stopped = true };
        }

        StreamCapture capture = new(outbox, engine);
        capture.Attach(pipeline, _host.Text);
        _host.Begin(capture.TakeHostText);
        outbox.Send(FrameType.Started);
        EndedBody end = Invoke(pipeline, job, capture);
        _host.End();
        return end;
    }

    /// <inheritdoc/>
    public void Dispose() => _runspace?.Dispose();

    private static string? Prepare(PowerShell pipeline, RunBody body)
    {
        try
        {
            // Parsed here so that a syntax error is known before anything runs; the engine remembers what was parsed.
            _ = ScriptBlock.Create(body.Script);
            // Not in a scope of its own: what it sets stays for the next run, as with Invoke-Command -Session.
            pipeline.AddScript(body.Script, useLocalScope: false);
            RunArguments.AddTo(pipeline, body.ArgumentsXml);
            return null;
        }
        catch (Exception e) when (e is RuntimeException or InvalidDataException)
        {
            return e.Message;
        }
    }

    private EndedBody Invoke(PowerShell pipeline, RunJob job, StreamCapture capture)
    {
        Exception? thrown;
        using (new PipelineStopper(pipeline, job))
        {
            thrown = Invoke(pipeline, capture);
        }

        return Describe(WasStopped(pipeline, job, thrown) ? new PipelineStoppedException() : thrown, capture);
    }

    private static Exception? Invoke(PowerShell pipeline, StreamCapture capture)
    {
        try
        {
            pipeline.Invoke(null, capture.Output);
            return pipeline.InvocationStateInfo.Reason;
        }
        catch (Exception e)
        {
            // Nearly always a RuntimeException; whatever it is, it is the run's end and is reported as such.
            return e;
        }
    }

    // On the caller's own thread a stopped pipeline returns as if all were well, and one that was stopped while it started
    // complains about its state. What user code throws is always a RuntimeException.
    private static bool WasStopped(PowerShell pipeline, RunJob job, Exception? thrown) => job.StopRequested
        && (thrown is PipelineStoppedException or InvalidOperationException or InvalidPowerShellStateException
            || pipeline.InvocationStateInfo.State == PSInvocationState.Stopped);

    private EndedBody Describe(Exception? thrown, StreamCapture capture)
    {
        bool stopped = thrown is PipelineStoppedException;
        ErrorRecord? error = stopped || thrown is null ? null : (thrown as IContainsErrorRecord)?.ErrorRecord
            ?? new ErrorRecord(thrown, "RunFailed", ErrorCategory.NotSpecified, null);
        if (error is not null)
        {
            capture.WriteLast(error);
        }

        return new EndedBody
        {
            Stopped = stopped,
            Threw = error is not null,
            HadErrors = capture.HadErrors,
            ExitCode = stopped ? null : _host.ExitCode,
            Message = error?.ToString(),
        };
    }
}
