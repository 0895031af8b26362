namespace Eformer.Pool.Leases;

/// <summary>What a driver has to do after a step of a <see cref="LeaseHolder"/>.</summary>
[Flags]
internal enum HolderCommands
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Ask the store to take the lease back, and answer <see cref="HolderEvent.ReassertAnswered"/>.</summary>
    Reassert = 1,

    /// <summary>Tell whoever uses the slice that it is lost.</summary>
    TellLost = 2,
}
