namespace Eformer.Pool.Store;

/// <summary>One signed entry for a run's log. Idempotent by writer, incarnation and <paramref name="Sequence"/>.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Writer">Who writes: an agent, for its hosts of one slice.</param>
/// <param name="Incarnation">
/// The agent's incarnation. Output is taken only from one that claimed something of the run; an end only when no other incarnation
/// holds the host's claim. A host that nobody claimed can be ended too: so an agent reports that an attempt will never start.
/// </param>
/// <param name="Sequence">Number of the entry among those of this writer and run, from 1, without gaps.</param>
/// <param name="Entry">The entry, at most 256 KiB.</param>
/// <param name="Ended">The attempts that end with this entry.</param>
/// <param name="DriverId">Whose doorbell to ring.</param>
public sealed record LogAppend(
    string RunId,
    string Writer,
    string Incarnation,
    long Sequence,
    ReadOnlyMemory<byte> Entry,
    IReadOnlyList<LogEnd> Ended,
    string DriverId);
