namespace Eformer.Pool.Store;

/// <summary>
/// Takes attempts. Idempotent: the same incarnation gets the same answer again, until the host has ended. A higher attempt
/// replaces a lower one that has not ended.
/// </summary>
/// <param name="RunId">The run.</param>
/// <param name="Writer">Who claims and will write to the log: an agent, for its hosts of one slice.</param>
/// <param name="Incarnation">The agent's incarnation.</param>
/// <param name="Attempt">Number of the attempt, from 1.</param>
/// <param name="Hosts">Keys of the hosts.</param>
/// <param name="WithPayload">Whether the payload is wanted back.</param>
public sealed record ClaimRequest(
    string RunId,
    string Writer,
    string Incarnation,
    int Attempt,
    IReadOnlyList<string> Hosts,
    bool WithPayload);
