namespace Eformer.Pool.Envelopes;

/// <summary>What a message to an agent is.</summary>
public enum AgentMessageKind : byte
{
    /// <summary>Leases changed: send a heartbeat now.</summary>
    Leases = (byte)'L',

    /// <summary>A run command.</summary>
    Run = (byte)'R',

    /// <summary>A cancel command.</summary>
    Cancel = (byte)'C',
}
