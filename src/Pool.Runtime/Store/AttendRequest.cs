namespace Eformer.Pool.Store;

/// <summary>Says that attempts of a run are being carried out.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Incarnation">The agent's incarnation, which claimed them.</param>
/// <param name="Attempt">Number of the attempt, from 1.</param>
/// <param name="Hosts">Keys of the hosts.</param>
public sealed record AttendRequest(string RunId, string Incarnation, int Attempt, IReadOnlyList<string> Hosts);
