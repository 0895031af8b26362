namespace Eformer.Pool.Tests.Leases.Worlds;

/// <summary>What may go wrong in a world.</summary>
[Flags]
internal enum FaultKinds
{
    None = 0,

    /// <summary>Requests and answers are late, lost, or come twice; drivers die without a word.</summary>
    Messages = 1,

    /// <summary>Agents die or are stopped, and disks fail.</summary>
    Agents = 2,

    /// <summary>The store loses everything, or the end of what it wrote.</summary>
    StoreLoss = 4,

    All = Messages | Agents | StoreLoss,
}
