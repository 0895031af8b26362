namespace Eformer.Pool.HostWorker.Discovery;

/// <summary>The workers of a slice in the order of their indices.</summary>
/// <param name="Addresses">Where each is reached.</param>
/// <param name="Source">Who says so.</param>
internal sealed record WorkerList(IReadOnlyList<string> Addresses, string Source)
{
    /// <summary>Reads <c>TPU_WORKER_HOSTNAMES</c>: names or addresses, each maybe with a port, with commas between.</summary>
    public static WorkerList FromHostNames(Finding found) => new([.. Split(found).Select(WithoutPort)], found.Source);

    /// <summary>Reads <c>worker-network-endpoints</c>: <c>name:uid:address</c>, with commas between.</summary>
    public static WorkerList FromEndpoints(Finding found) => new([.. Split(found).Select(entry => entry.Split(':', 3)[^1])], found.Source);

    /// <summary>The address of a worker; null when there is none that would help another machine.</summary>
    public string? AddressOf(int index) =>
        index >= 0 && index < Addresses.Count && Addresses[index] is { Length: > 0 } address
        && address != "localhost" && !address.StartsWith("127.", StringComparison.Ordinal) ? address : null;

    private static string[] Split(Finding found) => found.Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    // Two colons and more are an IPv6 address.
    private static string WithoutPort(string entry) => entry.Split(':') is [var host, _] ? host : entry;
}
