namespace Eformer.Pool.Topology;

/// <summary>What an agent says of one of its hosts when it registers; fixed for the agent's incarnation.</summary>
public sealed record HostRegistration
{
    /// <summary>Key of the host, unique in the fleet, within the grammar of names.</summary>
    public required string Host { get; init; }

    /// <summary>Identity of the machine; what strict spread counts.</summary>
    public required string Node { get; init; }

    /// <summary>Name of the physical slice the host belongs to, or empty when it belongs to none.</summary>
    public string Slice { get; init; } = "";

    /// <summary>Index in its physical slice, from 0; -1 when it reports none.</summary>
    public int WorkerIndex { get; init; } = -1;

    /// <summary>Address other hosts reach it at.</summary>
    public string Address { get; init; } = "127.0.0.1";

    /// <summary>Number of accelerators.</summary>
    public int Devices { get; init; }

    /// <summary>Type of accelerator, such as <c>v5e-16</c>, or empty.</summary>
    public string DeviceType { get; init; } = "";

    /// <summary>The engine its runners use: <c>pwsh 7.6.5</c> or <c>embedded 7.6.9</c>.</summary>
    public string Engine { get; init; } = "";

    /// <summary>Whether it is one of several hosts that one agent plays.</summary>
    public bool Emulated { get; init; }

    /// <summary>Labels for selectors.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();
}
