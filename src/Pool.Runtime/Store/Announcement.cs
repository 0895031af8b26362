namespace Eformer.Pool.Store;

/// <summary>One message to one agent.</summary>
/// <param name="AgentId">The agent.</param>
/// <param name="Inbox">What goes into its inbox, for when the doorbell is not heard.</param>
/// <param name="Bell">What rides in its doorbell; the same, or more.</param>
public sealed record Announcement(string AgentId, ReadOnlyMemory<byte> Inbox, ReadOnlyMemory<byte> Bell);
