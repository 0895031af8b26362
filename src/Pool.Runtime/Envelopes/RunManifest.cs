using System.Text.Json;
using System.Text.Json.Serialization;

namespace Eformer.Pool.Envelopes;

/// <summary>What whoever attaches to a run has to know of it.</summary>
public sealed record RunManifest : IJsonOnDeserialized
{
    /// <summary>The fleet.</summary>
    public required string Fleet { get; init; }

    /// <summary>The run.</summary>
    public required string RunId { get; init; }

    /// <summary>The pool it was sent to.</summary>
    public required string Pool { get; init; }

    /// <summary>Who sent it, for people.</summary>
    public required string Owner { get; init; }

    /// <summary>Whose doorbell is rung with results.</summary>
    public required string DriverId { get; init; }

    /// <summary>When it was first sent, Unix milliseconds.</summary>
    public required long QueuedMs { get; init; }

    /// <summary>How long it is kept after the last write, in milliseconds.</summary>
    public required long TtlMs { get; init; }

    /// <summary>SHA-256 of the payload, hex: runs of the same script with the same arguments have the same.</summary>
    public required string PayloadSha256 { get; init; }

    /// <summary>Identity of its sending, which all commands of it have, whoever sends them: an attempt that two send is one.</summary>
    public string? Nonce { get; init; }

    /// <summary>Hashes of what the payload is made of, by name, so that it can be told in what another differs; null where it cannot be needed.</summary>
    public IReadOnlyDictionary<string, string>? Parts { get; init; }

    /// <summary>The beginning of the script.</summary>
    public required string Title { get; init; }

    /// <summary>Whether its driver may make further attempts: then an end counts once its place is settled, or the driver is gone.</summary>
    public required bool Retries { get; init; }

    /// <summary>Whether those are made with hosts that have succeeded, too: then that holds for every end, and else for those that may be retried.</summary>
    public bool RetriesTogether { get; init; }

    /// <summary>How often its hosts are tried again; null when that was not said.</summary>
    public RetryBudget? Budget { get; init; }

    /// <summary>Its hosts, in slot and host order.</summary>
    public required IReadOnlyList<RunPlace> Places { get; init; }

    // The serializer sees to members that must not be null, but not to what collections hold.
    void IJsonOnDeserialized.OnDeserialized()
    {
        if (Places.Count == 0 || Places.Contains(null))
        {
            throw new JsonException("A run has no hosts, or one is nothing.");
        }
    }
}
