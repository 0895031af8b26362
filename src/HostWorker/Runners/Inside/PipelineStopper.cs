using System.Management.Automation;
using Eformer.Pool.HostWorker.Runners.Containment;

namespace Eformer.Pool.HostWorker.Runners.Inside;

/// <summary>Lets a job stop its pipeline, from when it can be stopped until it is over.</summary>
/// <remarks>
/// The engine kills a native command at once when it stops. So what the run has started is asked to end first and gets some
/// time for that, while the script is held.
/// </remarks>
internal sealed class PipelineStopper : IDisposable
{
    private static readonly TimeSpan s_moment = TimeSpan.FromMilliseconds(200);

    private readonly PowerShell _pipeline;
    private readonly RunJob _job;
    private readonly CancellationTokenSource _over = new();
    private Task? _stopping;

    /// <summary>Waits for the pipeline to run: before that, a stop would only confuse it.</summary>
    public PipelineStopper(PowerShell pipeline, RunJob job)
    {
        (_pipeline, _job) = (pipeline, job);
        pipeline.InvocationStateChanged += (_, e) =>
        {
            if (e.InvocationStateInfo.State == PSInvocationState.Running)
            {
                // Not on the thread that asks: it reads what the agent says.
                job.Attach(() => _stopping ??= Task.Run(StopAsync));
            }
        };
    }

    /// <summary>Whether something of the run was asked to end: however the pipeline ended then, it was stopped.</summary>
    public bool HasAsked { get; private set; }

    /// <summary>Ends it. A stop on its way is waited for: it must not meet a disposed pipeline.</summary>
    public void Dispose()
    {
        _job.Attach(null);
        _over.Cancel();
        _stopping?.GetAwaiter().GetResult();
        _over.Dispose();
    }

    private async Task StopAsync()
    {
        IReadOnlyList<ProcessEntry> started = _job.Started.Find();
        if (started.Count == 0)
        {
            _pipeline.EndStop(_pipeline.BeginStop(null, null));
            return;
        }

        HasAsked = true;
        using (PipelineBrake? brake = PipelineBrake.TryHold(_pipeline.Runspace.Debugger))
        {
            await EndAsync(started, brake).ConfigureAwait(false);
        }

        _pipeline.EndStop(_pipeline.BeginStop(null, null));
    }

    private async Task EndAsync(IReadOnlyList<ProcessEntry> started, PipelineBrake? brake)
    {
        using CancellationTokenSource enough = CancellationTokenSource.CreateLinkedTokenSource(_over.Token);
        enough.CancelAfter(RunnerStart.ChildGrace);
        IReadOnlyList<ProcessEntry> asked = await _job.Started.AskToEndAsync(started).ConfigureAwait(false);
        await StartedProcesses.WaitAsync(asked, enough.Token).ConfigureAwait(false);
        // The engine needs a moment to see that a command has ended. What is not about to go on is not held.
        Task moment = Task.Delay(s_moment, TimeProvider.System, enough.Token);
        await Task.WhenAny(brake?.Held ?? moment, moment).ConfigureAwait(false);
    }
}
