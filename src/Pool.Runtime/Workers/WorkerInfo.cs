namespace Eformer.Pool;

/// <summary>A worker of this machine: an <c>eformer-host agent</c> that has registered its hosts.</summary>
public sealed record WorkerInfo
{
    /// <summary>Its process.</summary>
    public required int ProcessId { get; init; }

    /// <summary>When the process started, in clock ticks since the machine booted, see proc(5); 0 where the system does not tell.</summary>
    /// <remarks>With the id it names the process: ids are used again.</remarks>
    public required long Started { get; init; }

    /// <summary>Endpoint of its store, without a password.</summary>
    public required string Store { get; init; }

    /// <summary>Its fleet.</summary>
    public required string Fleet { get; init; }

    /// <summary>This machine's name in the fleet.</summary>
    public required string Node { get; init; }

    /// <summary>Keys of its hosts: one, or many where they are emulated.</summary>
    public required IReadOnlyList<string> Hosts { get; init; }

    /// <summary>Folder with its fence, lock and log.</summary>
    public required string StateFolder { get; init; }

    /// <summary>What it is in a line.</summary>
    public override string ToString() => $"{Node} in fleet '{Fleet}' (process {ProcessId})";
}
