namespace Eformer.Pool;

/// <summary>What is known of one slice: a gang of hosts leased together.</summary>
/// <param name="SliceName">Its name.</param>
/// <param name="HostCount">Number of its hosts.</param>
/// <param name="IPAddress">Address of host 0; where coordinators of multi-slice jobs point.</param>
/// <param name="AcceleratorsPerHost">Accelerators of each host; 0 for plain hosts.</param>
/// <param name="NodeIds">Identity of each machine, in host order.</param>
/// <param name="Hosts">Its hosts, in host order.</param>
public sealed record SliceInfo(
    string SliceName,
    int HostCount,
    string IPAddress,
    int AcceleratorsPerHost,
    IReadOnlyList<string> NodeIds,
    IReadOnlyList<HostInfo> Hosts);
