using System.Management.Automation;

namespace Eformer.Pool.Module.Commands;

/// <summary>Removes runs and their results from the store.</summary>
[Cmdlet(VerbsCommon.Remove, "SlicePoolRun", SupportsShouldProcess = true)]
[OutputType(typeof(void))]
public sealed class RemoveSlicePoolRunCommand : RunReferenceCmdlet
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(10);

    /// <summary>Removes runs too that have not ended; they are stopped first.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    private protected override void Work(RunDirectory directory, RunInfo run)
    {
        bool goesOn = run.State is RunState.Running or RunState.Stopping;
        if (goesOn && !Force)
        {
            throw new SlicePoolException(
                "RunActive",
                PoolErrorCategory.ResourceBusy,
                $"The run '{run.RunId}' goes on: {run.Ended} of {run.Hosts} host(s) have ended.",
                "Wait for it with Wait-SlicePoolRun, or give -Force to stop it first.",
                run.RunId);
        }

        if (ShouldProcess($"run '{run.RunId}' of pool '{run.Pool}' and its results", "Remove-SlicePoolRun"))
        {
            Await(async token =>
            {
                if (goesOn)
                {
                    await directory.StopAsync(run.RunId, token);
                    await directory.WaitAsync(run.RunId, s_limit, token);
                }

                await directory.RemoveAsync(run.RunId, token);
            });
        }
    }
}
