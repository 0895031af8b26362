namespace Eformer.Pool;

/// <summary>A run in a list.</summary>
public sealed record RunInfo
{
    /// <summary>The run.</summary>
    public required string RunId { get; init; }

    /// <summary>The pool it was sent to.</summary>
    public required string Pool { get; init; }

    /// <summary>The fleet.</summary>
    public required string Fleet { get; init; }

    /// <summary>How it stands.</summary>
    public required RunState State { get; init; }

    /// <summary>On how many hosts it runs.</summary>
    public required int Hosts { get; init; }

    /// <summary>How many of them have ended.</summary>
    public required int Ended { get; init; }

    /// <summary>How many of those have succeeded.</summary>
    public required int Succeeded { get; init; }

    /// <summary>When it was sent, local time.</summary>
    public required DateTime Queued { get; init; }

    /// <summary>Who sent it: user, machine and process.</summary>
    public required string Owner { get; init; }

    /// <summary>The beginning of its script.</summary>
    public required string Title { get; init; }

    /// <inheritdoc/>
    public override string ToString() => RunId;
}
