namespace Eformer.Pool.HostWorker.Discovery;

/// <summary>The entries of GCE's metadata that we read.</summary>
/// <remarks>
/// The attributes are those of a TPU VM; ray (_private/accelerators/tpu.py), JAX (clusters/cloud_tpu_cluster.py) and torch_xla
/// (_internal/tpu.py) read the same ones.
/// </remarks>
internal static class MetadataPath
{
    /// <summary>Type of the slice, such as <c>v5litepod-16</c>.</summary>
    public const string AcceleratorType = "instance/attributes/accelerator-type";

    /// <summary>Index of this worker in its slice.</summary>
    public const string WorkerNumber = "instance/attributes/agent-worker-number";

    /// <summary>Name of the TPU, which all its workers share; not <c>instance/id</c>, which is this machine's number.</summary>
    public const string TpuName = "instance/attributes/instance-id";

    /// <summary>Lines of <c>NAME: 'value'</c>: the same and more, on newer images.</summary>
    public const string TpuEnvironment = "instance/attributes/tpu-env";

    /// <summary>The workers in order, each as <c>name:uid:address</c>, with commas between.</summary>
    public const string WorkerEndpoints = "instance/attributes/worker-network-endpoints";

    /// <summary>This machine's address in its network.</summary>
    public const string Address = "instance/network-interfaces/0/ip";

    /// <summary>As <c>projects/1/zones/us-central2-b</c>.</summary>
    public const string Zone = "instance/zone";

    /// <summary>As <c>projects/1/machineTypes/n1-standard-1</c>.</summary>
    public const string MachineType = "instance/machine-type";

    /// <summary><c>TRUE</c> once a preemption has begun.</summary>
    public const string Preempted = "instance/preempted";

    /// <summary><c>NONE</c>, <c>MIGRATE_ON_HOST_MAINTENANCE</c> or <c>TERMINATE_ON_HOST_MAINTENANCE</c>.</summary>
    public const string MaintenanceEvent = "instance/maintenance-event";

    /// <summary>What discovery asks for.</summary>
    public static IReadOnlyList<string> ForDiscovery { get; } =
        [AcceleratorType, WorkerNumber, TpuName, TpuEnvironment, WorkerEndpoints, Address, Zone, MachineType];
}
