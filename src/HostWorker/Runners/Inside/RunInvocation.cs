using System.Collections;
using System.Management.Automation;
using Eformer.Pool.HostWorker.Engines;
using Eformer.Pool.HostWorker.Runners.Protocol;

namespace Eformer.Pool.HostWorker.Runners.Inside;

/// <summary>One run in a runspace: what it needs is set up, then its script runs; all streams of both are the run's.</summary>
internal sealed class RunInvocation(HostedRunspace place, RunJob job, RunnerOutbox outbox, EngineKind engine)
{
    private readonly StreamCapture _capture = new(outbox, engine, job.Body.Depth);
    private bool _started;

    /// <summary>Runs it to its end. Throws nothing for what user code does.</summary>
    /// <exception cref="RunRefusedException">It cannot start, and no user code has run.</exception>
    public EndedBody Run()
    {
        using RunspaceGuard guard = new(place.Runspace);
        using PowerShell script = NewPipeline();
        IList? input = RunScript.Prepare(script, job.Body);
        _capture.Open();
        place.Host.Begin(_capture.TakeHostText);
        try
        {
            SetUp();
            return job.StopRequested ? new EndedBody { Stopped = true, HadErrors = _capture.HadErrors } : Describe(Invoke(script, input, _capture.Output));
        }
        catch (PipelineStoppedException)
        {
            return new EndedBody { Stopped = true, HadErrors = _capture.HadErrors };
        }
        catch (RunRefusedException e)
        {
            return new EndedBody { NotStarted = true, HadErrors = _capture.HadErrors, Message = e.Message };
        }
        finally
        {
            place.Host.End();
        }
    }

    /// <summary>A pipeline in the run's runspace.</summary>
    public PowerShell NewPipeline()
    {
        PowerShell pipeline = PowerShell.Create();
        pipeline.Runspace = place.Runspace;
        return pipeline;
    }

    /// <summary>Runs a pipeline of user code with its streams as the run's.</summary>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="input">Its input; null for none.</param>
    /// <param name="output">Where it writes; null for the run's output.</param>
    /// <returns>What ended it; null when it came to its end.</returns>
    public Exception? Invoke(PowerShell pipeline, IList? input = null, PSDataCollection<object>? output = null)
    {
        SayStarted();
        _capture.Attach(pipeline, place.Host.Text);
        Exception? thrown;
        PipelineStopper stopper = new(pipeline, job);
        using (stopper)
        {
            thrown = RunScript.Invoke(pipeline, input, output ?? _capture.Output);
        }

        return stopper.HasAsked || WasStopped(pipeline, thrown) ? new PipelineStoppedException() : thrown;
    }

    /// <summary>Writes the error that ended user code.</summary>
    /// <returns>What it says.</returns>
    public string Write(Exception thrown)
    {
        // The record of an exception holds a stand-in for it, so that it does not hold itself.
        ErrorRecord error = (thrown as IContainsErrorRecord)?.ErrorRecord is { } record
            ? new ErrorRecord(record, thrown)
            : new ErrorRecord(thrown, "RunFailed", ErrorCategory.NotSpecified, null);
        _capture.WriteLast(error);
        return error.ToString();
    }

    private void SetUp()
    {
        if (job.Body.Setup is { } setup)
        {
            new RunspaceSetup(place, this).Apply(setup);
        }
    }

    private void SayStarted()
    {
        if (!_started)
        {
            _started = true;
            outbox.Send(FrameType.Started);
        }
    }

    // On the caller's own thread a stopped pipeline returns as if all were well, and one that was stopped while it started
    // complains about its state. What user code throws is always a RuntimeException.
    private bool WasStopped(PowerShell pipeline, Exception? thrown) => job.StopRequested
        && (thrown is PipelineStoppedException or InvalidOperationException or InvalidPowerShellStateException
            || pipeline.InvocationStateInfo.State == PSInvocationState.Stopped);

    private EndedBody Describe(Exception? thrown)
    {
        bool stopped = thrown is PipelineStoppedException;
        string? message = stopped || thrown is null ? null : Write(thrown);
        return new EndedBody
        {
            Stopped = stopped,
            Threw = message is not null,
            HadErrors = _capture.HadErrors,
            ExitCode = stopped ? null : place.Host.ExitCode,
            Message = message,
        };
    }
}
