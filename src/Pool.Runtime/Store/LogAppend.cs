namespace Eformer.Pool.Store;

/// <summary>One signed entry for a run's log. Idempotent by agent, incarnation and <paramref name="Sequence"/>.</summary>
/// <param name="RunId">The run.</param>
/// <param name="AgentId">The writing agent.</param>
/// <param name="Incarnation">
/// Its incarnation. Output is taken only from one that claimed something of the run; an end only when no other incarnation
/// holds the host's claim. A host that nobody claimed can be ended too: so an agent reports that an attempt will never start.
/// </param>
/// <param name="Sequence">Number of the entry among those of this agent and run, from 1, without gaps.</param>
/// <param name="Entry">The entry, at most 256 KiB.</param>
/// <param name="Ended">Keys of the hosts whose attempt ends with this entry.</param>
/// <param name="DriverId">Whose doorbell to ring.</param>
public sealed record LogAppend(
    string RunId,
    string AgentId,
    string Incarnation,
    long Sequence,
    ReadOnlyMemory<byte> Entry,
    IReadOnlyList<string> Ended,
    string DriverId);
