namespace Eformer.Pool.Store;

/// <summary>How much a machine has to do, as its agent read it with the last heartbeat.</summary>
/// <param name="Load1">Load average of the last minute.</param>
/// <param name="Processors">Number of processors.</param>
/// <param name="FreeMemoryMb">Memory that could be had, in MiB.</param>
public sealed record AgentLoad(double Load1, int Processors, long FreeMemoryMb);
