namespace Eformer.Pool.Envelopes;

/// <summary>Body of a command to run something on hosts of one slice.</summary>
public sealed record RunCommand
{
    /// <summary>The fleet it is meant for.</summary>
    public required string Fleet { get; init; }

    /// <summary>When it was signed, Unix milliseconds.</summary>
    public required long IssuedMs { get; init; }

    /// <summary>When it stops being valid, Unix milliseconds; at most five minutes later.</summary>
    public required long ExpiresMs { get; init; }

    /// <summary>The run.</summary>
    public required string RunId { get; init; }

    /// <summary>Random identity of who sends the run: its commands for one attempt of a host are one, however often they come.</summary>
    public required string Nonce { get; init; }

    /// <summary>Number of the attempt, from 1.</summary>
    public required int Attempt { get; init; }

    /// <summary>Number of the command among those of the run, from 1: each makes a numbered sequence of entries in the log.</summary>
    public required int Dispatch { get; init; }

    /// <summary>What to do on hosts that run something else.</summary>
    public required WhenBusy WhenBusy { get; init; }

    /// <summary>Whose doorbell is rung with results.</summary>
    public required string DriverId { get; init; }

    /// <summary>The right under which it is given.</summary>
    public required LeaseToken Lease { get; init; }

    /// <summary>Hosts of the slice, by index; null for all.</summary>
    public required IReadOnlyList<int>? HostIds { get; init; }

    /// <summary>Slices in the pool; with more than one the MEGASCALE variables are set.</summary>
    public required int SliceCount { get; init; }

    /// <summary>Rank of the slice among those of the pool, from 0 without gaps; what a multi-slice job calls its slice id.</summary>
    public required int SliceRank { get; init; }

    /// <summary>Address of the pool's first host.</summary>
    public required string CoordinatorAddress { get; init; }

    /// <summary>Port of the multi-slice coordinator.</summary>
    public required int CoordinatorPort { get; init; }

    /// <summary>What the run shares with others.</summary>
    public required Isolation Isolation { get; init; }

    /// <summary>Milliseconds that user code may run, by the host's clock; 0 for no limit.</summary>
    public required long TimeoutMs { get; init; }

    /// <summary>SHA-256 of the payload, hex.</summary>
    public required string PayloadSha256 { get; init; }
}
