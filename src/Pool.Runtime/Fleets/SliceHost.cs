using Eformer.Pool.Store;

namespace Eformer.Pool;

/// <summary>One host of a fleet, as people look at it.</summary>
public sealed record SliceHost
{
    /// <summary>Key of the host, unique in its fleet.</summary>
    public required string Host { get; init; }

    /// <summary>Identity of the machine.</summary>
    public required string Node { get; init; }

    /// <summary>Name of the physical slice it belongs to, or empty.</summary>
    public required string Slice { get; init; }

    /// <summary>Index in its physical slice; -1 when it reports none.</summary>
    public required int WorkerIndex { get; init; }

    /// <summary>What it is doing for the fleet.</summary>
    public required HostState State { get; init; }

    /// <summary>Whether its agent is heard.</summary>
    public required bool Alive { get; init; }

    /// <summary>How it does, as its agent says.</summary>
    public required HostCondition Condition { get; init; }

    /// <summary>The fact behind its condition, or empty.</summary>
    public required string Why { get; init; }

    /// <summary>Since when it is in that condition, local time; null when it has not said.</summary>
    public DateTime? Since { get; init; }

    /// <summary>The pool that holds it, or empty.</summary>
    public required string Pool { get; init; }

    /// <summary>Who owns that pool, for people, or empty.</summary>
    public required string Owner { get; init; }

    /// <summary>When that pool's lease ends unless it is renewed, local time; null when nobody holds the host.</summary>
    public DateTime? LeasedUntil { get; init; }

    /// <summary>Whether placements are kept off it.</summary>
    public required bool Suspended { get; init; }

    /// <summary>Who suspended it and why, or empty.</summary>
    public required string SuspendedBecause { get; init; }

    /// <summary>When its holder must have left it, local time; null when the holder may stay.</summary>
    public DateTime? Deadline { get; init; }

    /// <summary>Type of accelerator, or empty.</summary>
    public required string DeviceType { get; init; }

    /// <summary>Number of accelerators.</summary>
    public required int Devices { get; init; }

    /// <summary>Its labels.</summary>
    public required IReadOnlyDictionary<string, string> Labels { get; init; }

    /// <summary>The engine its runners use.</summary>
    public required string Engine { get; init; }

    /// <summary>Load average of its machine; null when it has not said.</summary>
    public double? Load1 { get; init; }

    /// <summary>Name of its fleet.</summary>
    public required string Fleet { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Host;

    internal static SliceHost From(HostRecord host, LeaseRecord? lease, string fleet, DateTimeOffset now) => new()
    {
        Host = host.Registration.Host,
        Node = host.Registration.Node,
        Slice = host.Registration.Slice,
        WorkerIndex = host.Registration.WorkerIndex,
        State = host.State,
        Alive = host.Alive,
        Condition = host.Health.Condition,
        Why = host.Alive ? host.Health.Why : "its agent is not heard from",
        Since = host.Health.SinceMs > 0 ? DateTimeOffset.FromUnixTimeMilliseconds(host.Health.SinceMs).LocalDateTime : null,
        Pool = lease?.Grant.Pool ?? "",
        Owner = lease?.Grant.Owner ?? "",
        LeasedUntil = lease is null ? null : now.AddMilliseconds(lease.RemainingMs).LocalDateTime,
        Suspended = host.Suspension is not null,
        SuspendedBecause = host.Suspension is null ? "" : $"{host.Suspension.By}: {host.Suspension.Reason}".TrimEnd(':', ' '),
        Deadline = host.Suspension?.RemainingMs is { } left ? now.AddMilliseconds(left).LocalDateTime : null,
        DeviceType = host.Registration.DeviceType,
        Devices = host.Registration.Devices,
        Labels = host.Registration.Labels,
        Engine = host.Registration.Engine,
        Load1 = host.Load?.Load1,
        Fleet = fleet,
    };
}
