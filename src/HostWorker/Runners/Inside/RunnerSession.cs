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
        _runspace = RunspaceFactory.CreateRunspace(_host, SessionStateFactory.Create(engine));
        _runspace.Open();
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

        _host.Reset();
        StreamCapture capture = new(outbox);
        capture.Attach(pipeline);
        outbox.Send(FrameType.Started);
        return Invoke(pipeline, job, capture);
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
            foreach (object? argument in RunArguments.Read(body.ArgumentsXml))
            {
                pipeline.AddArgument(argument);
            }

            return null;
        }
        catch (Exception e) when (e is RuntimeException or InvalidDataException)
        {
            return e.Message;
        }
    }

    private EndedBody Invoke(PowerShell pipeline, RunJob job, StreamCapture capture)
    {
        Exception? thrown = null;
        try
        {
            job.Attach(() => pipeline.BeginStop(null, null));
            pipeline.Invoke(null, capture.Output);
            thrown = pipeline.InvocationStateInfo.Reason;
        }
        catch (Exception e)
        {
            // Nearly always a RuntimeException; whatever it is, it is the run's end and is reported as such.
            thrown = e;
        }
        finally
        {
            job.Attach(null);
        }

        // On the caller's own thread a stopped pipeline returns as if all were well; its state tells.
        bool stopped = job.StopRequested
            && (thrown is PipelineStoppedException || pipeline.InvocationStateInfo.State == PSInvocationState.Stopped);
        return Describe(stopped, stopped ? null : thrown, capture);
    }

    private EndedBody Describe(bool stopped, Exception? thrown, StreamCapture capture)
    {
        if (thrown is not null)
        {
            capture.WriteLast((thrown as IContainsErrorRecord)?.ErrorRecord
                ?? new ErrorRecord(thrown, "RunFailed", ErrorCategory.NotSpecified, null));
        }

        return new EndedBody
        {
            Stopped = stopped,
            Threw = thrown is not null,
            HadErrors = capture.HadErrors,
            ExitCode = stopped ? null : _host.ExitCode,
            Message = thrown?.Message,
        };
    }
}
