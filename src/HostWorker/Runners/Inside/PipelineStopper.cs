using System.Management.Automation;

namespace Eformer.Pool.HostWorker.Runners.Inside;

/// <summary>Lets a job stop its pipeline, from when it can be stopped until it is over.</summary>
internal sealed class PipelineStopper : IDisposable
{
    private readonly PowerShell _pipeline;
    private readonly RunJob _job;
    private IAsyncResult? _stopping;

    /// <summary>Waits for the pipeline to run: before that, a stop would only confuse it.</summary>
    public PipelineStopper(PowerShell pipeline, RunJob job)
    {
        (_pipeline, _job) = (pipeline, job);
        pipeline.InvocationStateChanged += (_, e) =>
        {
            if (e.InvocationStateInfo.State == PSInvocationState.Running)
            {
                job.Attach(() => _stopping ??= pipeline.BeginStop(null, null));
            }
        };
    }

    /// <summary>Ends it. A stop on its way is waited for: it must not meet a disposed pipeline.</summary>
    public void Dispose()
    {
        _job.Attach(null);
        if (Interlocked.Exchange(ref _stopping, null) is { } stopping)
        {
            _pipeline.EndStop(stopping);
        }
    }
}
