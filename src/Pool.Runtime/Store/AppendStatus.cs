namespace Eformer.Pool.Store;

/// <summary>What became of a log entry.</summary>
public enum AppendStatus
{
    /// <summary>Appended.</summary>
    Appended,

    /// <summary>This sequence number was appended before; nothing was done.</summary>
    Duplicate,

    /// <summary>An earlier sequence number is missing: send that one first. Nothing was done.</summary>
    OutOfOrder,

    /// <summary>The run is not there any more.</summary>
    Gone,

    /// <summary>Another incarnation holds the claim, or the host has ended already: nothing was written, stop.</summary>
    Fenced,
}
