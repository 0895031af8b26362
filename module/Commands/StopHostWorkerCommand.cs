using System.Management.Automation;
using Eformer.Pool.Module.Binding;
using Eformer.Pool.Topology;

namespace Eformer.Pool.Module.Commands;

/// <summary>Ends a worker of this machine gently and waits: it takes no more work, clears its hosts and leaves the fleet.</summary>
[Cmdlet(VerbsLifecycle.Stop, "HostWorker", DefaultParameterSetName = FleetSet, SupportsShouldProcess = true)]
[OutputType(typeof(void))]
public sealed class StopHostWorkerCommand : SlicePoolCmdlet
{
    private const string FleetSet = "Fleet";
    private const string WorkerSet = "Worker";

    /// <summary>Workers that Start-HostWorker returned.</summary>
    [Parameter(ParameterSetName = WorkerSet, Position = 0, Mandatory = true, ValueFromPipeline = true)]
    [ValidateNotNull]
    public WorkerInfo[] Worker { get; set; } = [];

    /// <summary>The fleet whose worker on this machine is to end.</summary>
    [Parameter(ParameterSetName = FleetSet)]
    public string Fleet { get; set; } = "default";

    /// <summary>The worker's state folder, when it is not in the usual place.</summary>
    [Parameter(ParameterSetName = FleetSet)]
    [ValidateNotNullOrEmpty]
    public string? StatePath { get; set; }

    /// <summary>How long to wait, in seconds.</summary>
    [Parameter]
    [ValidateRange(1, Durations.LongestSec)]
    public int TimeoutSec { get; set; } = 60;

    /// <summary>Kills a worker that has not ended by then. What it ran ends with it.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        foreach (WorkerInfo worker in ParameterSetName == WorkerSet ? Worker : [Find()])
        {
            ForEach(worker, () => Stop(worker));
        }
    }

    private WorkerInfo Find()
    {
        string? folder = StatePath is null ? null : FileSystemPath.Of(SessionState.Path, StatePath);
        return MachineWorker.Find(PoolName.Check(Fleet, "fleet"), folder) ?? throw new SlicePoolException(
            "WorkerNotFound", PoolErrorCategory.ObjectNotFound, $"No worker of fleet '{Fleet}' runs on this machine.",
            "Look for a mistake in -Fleet; a worker with a state folder of its own is found with -StatePath.", Fleet);
    }

    private void Stop(WorkerInfo worker)
    {
        if (ShouldProcess($"worker {worker}", "Stop-HostWorker"))
        {
            Await(token => MachineWorker.StopAsync(worker, TimeSpan.FromSeconds(TimeoutSec), Force, token));
        }
    }
}
