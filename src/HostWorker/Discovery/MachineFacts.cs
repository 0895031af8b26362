namespace Eformer.Pool.HostWorker.Discovery;

/// <summary>What the machine itself shows.</summary>
internal sealed record MachineFacts
{
    /// <summary>Its name, fit to be a node's.</summary>
    public required string Name { get; init; }

    /// <summary>An address that other machines can reach, or null.</summary>
    public string? Address { get; init; }

    /// <summary>TPU chips that its kernel shows.</summary>
    public int TpuDevices { get; init; }

    /// <summary>NVIDIA devices that its kernel shows.</summary>
    public int NvidiaDevices { get; init; }

    /// <summary>What its firmware calls it, or empty; "Google Compute Engine" on GCE.</summary>
    public string ProductName { get; init; } = "";
}
