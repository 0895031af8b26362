using System.Globalization;
using Eformer.Pool.Topology;

namespace Eformer.Pool.HostWorker.Discovery;

/// <summary>Finds out what a host is: flags win, then the TPU variables of its environment, then metadata, then the machine. Pure.</summary>
internal static class HostDiscovery
{
    // A hundred times the hosts of the largest published job; an index beyond it is a mistake.
    private const int MostHosts = 1_000_000;

    /// <exception cref="SlicePoolException"><c>HostDiscovery</c>: what was found does not fit together; it names who said what.</exception>
    public static DiscoveredHost Discover(
        DiscoveryFlags flags, IReadOnlyDictionary<string, string> environment, MetadataAnswers metadata, MachineFacts machine)
    {
        DiscoverySources sources = new(environment, metadata);
        string node = flags.Node ?? machine.Name;
        WorkerList? workers = FindWorkers(sources);
        (string slice, int index) = SliceDiscovery.Find(flags, sources, workers, node);
        if (slice.Length == 0 && flags.Slice is null && metadata.Problem is { } problem && machine.TpuDevices > 0)
        {
            // Registered without its slice, this host would be missing there and nobody would know why.
            throw Unfit(
                $"this machine has {machine.TpuDevices} TPU chips, and what slice they belong to is not known. {problem.Message}",
                "Start the agent again when the metadata server answers, or give --slice and --worker-index.");
        }

        return new DiscoveredHost
        {
            Slice = slice,
            WorkerIndex = index,
            DeviceType = FindType(flags, sources),
            Devices = flags.Devices ?? ChipCount(sources) ?? (machine.TpuDevices > 0 ? machine.TpuDevices : machine.NvidiaDevices),
            Address = flags.Address ?? workers?.AddressOf(index) ?? sources.Metadata(MetadataPath.Address)?.Value ?? machine.Address ?? "127.0.0.1",
            Node = node,
            Labels = FindLabels(flags, sources),
            Warning = metadata.Problem?.Message,
        };
    }

    internal static SlicePoolException Unfit(string what, string advice) =>
        new("HostDiscovery", PoolErrorCategory.InvalidData, $"What this host is cannot be told: {what}", advice);

    /// <summary>A number from 0, or an error that names who said it.</summary>
    internal static int Number(Finding found) =>
        int.TryParse(found.Value, NumberStyles.None, CultureInfo.InvariantCulture, out int value) && value < MostHosts
            ? value
            : throw Unfit($"{found.Source} is '{PoolName.Printable(found.Value)}', which is not an index.", "Set it to a number from 0, or remove it.");

    private static WorkerList? FindWorkers(DiscoverySources sources) =>
        sources.Variable("TPU_WORKER_HOSTNAMES") is { } names ? WorkerList.FromHostNames(names)
        : sources.Metadata(MetadataPath.WorkerEndpoints) is { } endpoints ? WorkerList.FromEndpoints(endpoints)
        : null;

    private static string FindType(DiscoveryFlags flags, DiscoverySources sources) => TpuTypeName.Canonical(
        flags.TpuType
        ?? (sources.Variable("TPU_ACCELERATOR_TYPE")
            ?? sources.Variable("ACCELERATOR_TYPE")
            ?? sources.Metadata(MetadataPath.AcceleratorType)
            ?? sources.TpuEnvironment("ACCELERATOR_TYPE"))?.Value
        ?? "");

    // Bounds are the sides of the host's part of the torus: 2,2,1 are four chips.
    private static int? ChipCount(DiscoverySources sources) =>
        (sources.Variable("TPU_CHIPS_PER_HOST_BOUNDS") ?? sources.TpuEnvironment("CHIPS_PER_HOST_BOUNDS")) is { } bounds
            ? bounds.Value.Split(',', 3).Select(side => Side(bounds, side)).Aggregate(1, (chips, side) => chips * side)
            : null;

    // The largest torus of a pod is 28 chips long (v5p: 16 x 20 x 28); what is beyond that by far is a mistake.
    private static int Side(Finding bounds, string side) =>
        int.TryParse(side.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out int length) && length is > 0 and <= 64
            ? length
            : throw Unfit(
                $"{bounds.Source} is '{PoolName.Printable(bounds.Value)}', which are not the sides of a block of chips.",
                "Set it to numbers such as 2,2,1, or remove it.");

    private static Dictionary<string, string> FindLabels(DiscoveryFlags flags, DiscoverySources sources)
    {
        Dictionary<string, string> labels = new(StringComparer.Ordinal);
        Add("zone", MetadataPath.Zone);
        Add("machine-type", MetadataPath.MachineType);
        foreach ((string name, string value) in flags.Labels)
        {
            labels[name] = value;
        }

        return labels;

        // The last part of a path such as projects/1/zones/us-central2-b.
        void Add(string label, string path)
        {
            if (sources.Metadata(path) is { } found)
            {
                labels[label] = found.Value[(found.Value.LastIndexOf('/') + 1)..];
            }
        }
    }
}
