namespace Eformer.Pool.Envelopes;

/// <summary>Body of a command to stop a run on one slice.</summary>
public sealed record CancelCommand
{
    /// <summary>The fleet it is meant for.</summary>
    public required string Fleet { get; init; }

    /// <summary>When it was signed, Unix milliseconds.</summary>
    public required long IssuedMs { get; init; }

    /// <summary>When it stops being valid, Unix milliseconds.</summary>
    public required long ExpiresMs { get; init; }

    /// <summary>The run.</summary>
    public required string RunId { get; init; }

    /// <summary>The last attempt that is to stop; later ones are not meant.</summary>
    public required int Attempt { get; init; }

    /// <summary>The right under which it is given.</summary>
    public required LeaseToken Lease { get; init; }
}
