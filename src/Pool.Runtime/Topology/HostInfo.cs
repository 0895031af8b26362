namespace Eformer.Pool;

/// <summary>What is known of one host of a slice.</summary>
/// <param name="HostId">Index in its slice, from 0.</param>
/// <param name="SliceName">Name of its slice.</param>
/// <param name="Devices">Number of accelerators it has; 0 for a plain host.</param>
/// <param name="Healthy">Whether its agent is heard and it holds our lease.</param>
/// <param name="Failed">Whether it was lost while we held it.</param>
/// <param name="NodeId">Identity of the machine.</param>
public sealed record HostInfo(int HostId, string SliceName, int Devices, bool Healthy, bool Failed, string NodeId);
