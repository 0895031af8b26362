namespace Eformer.Pool.Envelopes;

/// <summary>The right under which a command is given; checked by the host that acts on it.</summary>
/// <param name="LeaseId">The lease.</param>
/// <param name="Epoch">Its fencing token.</param>
/// <param name="Generation">The store generation that granted it.</param>
public sealed record LeaseToken(string LeaseId, long Epoch, string Generation);
