using System.Globalization;
using Eformer.Pool.Topology;

namespace Eformer.Pool.HostWorker.Discovery;

/// <summary>Finds out which slice a host belongs to, and where in it. Pure.</summary>
internal static class SliceDiscovery
{
    /// <returns>Name of the slice, empty for none; and the index in it, -1 for none.</returns>
    /// <exception cref="SlicePoolException"><c>HostDiscovery</c>, and <c>InvalidName</c> for a flag.</exception>
    public static (string Slice, int WorkerIndex) Find(DiscoveryFlags flags, DiscoverySources sources, WorkerList? workers, string node)
    {
        if (flags.Slice is "" && flags.WorkerIndex is null)
        {
            return ("", -1);
        }

        Finding? slice = FindName(flags, sources);
        Finding? index = FindIndex(flags, sources);
        if (index is null)
        {
            return (slice?.Value ?? "", -1);
        }

        int number = HostDiscovery.Number(index);
        CheckListed(index, number, workers);
        return (slice?.Value ?? NameOfOne(index, number, workers, node), number);
    }

    // TPU_NAME=local is TensorFlow's word for "the TPU of this machine".
    private static Finding? FindName(DiscoveryFlags flags, DiscoverySources sources)
    {
        if (flags.Slice is not null)
        {
            return flags.Slice.Length == 0 ? null : new Finding(PoolName.Check(flags.Slice, "slice"), "--slice");
        }

        Finding? found = sources.Variable("TPU_NAME") is { } name && name.Value != "local"
            ? name
            : sources.Metadata(MetadataPath.TpuName) ?? sources.TpuEnvironment("NODE_ID");
        return found is null ? null : found with { Value = Name(found) };
    }

    private static string Name(Finding found) =>
        PoolName.IsValid(found.Value.ToLowerInvariant())
            ? found.Value.ToLowerInvariant()
            : throw HostDiscovery.Unfit(
                $"{found.Source} is '{PoolName.Printable(found.Value)}', which cannot be the name of a slice.",
                "Give the slice's name with --slice: 1 to 63 characters a-z, 0-9, '.', '_' and '-'.");

    private static Finding? FindIndex(DiscoveryFlags flags, DiscoverySources sources) =>
        flags.WorkerIndex is { } index
            ? new Finding(index.ToString(CultureInfo.InvariantCulture), "--worker-index")
            : sources.Variable("TPU_WORKER_ID") ?? sources.Metadata(MetadataPath.WorkerNumber) ?? sources.TpuEnvironment("WORKER_ID");

    private static void CheckListed(Finding index, int number, WorkerList? workers)
    {
        if (workers is not null && number >= workers.Addresses.Count)
        {
            throw HostDiscovery.Unfit(
                $"{index.Source} is {number}, but {workers.Source} lists {workers.Addresses.Count} worker(s), from 0 to {workers.Addresses.Count - 1}.",
                $"Correct {index.Source} or {workers.Source}.");
        }
    }

    // GKE sets an index and a list of one for a TPU of a single host, and no name: the machine's own will do.
    private static string NameOfOne(Finding index, int number, WorkerList? workers, string node) =>
        number == 0 && workers?.Addresses.Count == 1
            ? node
            : throw HostDiscovery.Unfit(
                $"{index.Source} is {number}, but nothing names the slice in which that is its index.",
                "Give --slice, or set TPU_NAME to a name that all workers of the slice share; --slice \"\" for a host of no slice.");
}
