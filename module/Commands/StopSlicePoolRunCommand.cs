using System.Management.Automation;

namespace Eformer.Pool.Module.Commands;

/// <summary>Stops runs on their hosts, whoever started them, and waits until they have stopped, at most ten seconds.</summary>
[Cmdlet(VerbsLifecycle.Stop, "SlicePoolRun", SupportsShouldProcess = true)]
[OutputType(typeof(void))]
public sealed class StopSlicePoolRunCommand : RunReferenceCmdlet
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(10);

    private protected override void Work(RunDirectory directory, RunInfo run)
    {
        if (run.State is RunState.Running or RunState.Stopping && ShouldProcess($"run '{run.RunId}' of pool '{run.Pool}' on {run.Hosts} host(s)", "Stop-SlicePoolRun"))
        {
            Await(async token =>
            {
                await directory.StopAsync(run.RunId, token);
                return await directory.WaitAsync(run.RunId, s_limit, token);
            });
        }
    }
}
