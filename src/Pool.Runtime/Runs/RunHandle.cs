using System.Threading.Channels;

namespace Eformer.Pool;

/// <summary>A run that was started. Thread-safe; one reader.</summary>
public abstract class RunHandle : IAsyncDisposable
{
    /// <summary>Identity of the run: 32 hex digits.</summary>
    public abstract string RunId { get; }

    /// <summary>The hosts it was sent to, in slot and host order.</summary>
    public abstract IReadOnlyList<HostAddress> Hosts { get; }

    /// <summary>When it was sent.</summary>
    public abstract DateTimeOffset Queued { get; }

    /// <summary>
    /// The records as they arrive. Completes by itself after exactly one <see cref="RecordKind.End"/> for every host,
    /// whatever happens to hosts, agents or the store.
    /// </summary>
    public abstract ChannelReader<RunRecord> Records { get; }

    /// <summary>Asks all hosts to stop. Ends still arrive through <see cref="Records"/>, within 10 seconds.</summary>
    public abstract Task CancelAsync(CancellationToken cancellationToken);

    /// <summary>Lets go of the run. One that has not ended is cancelled first. Its keys in the store go.</summary>
    public abstract ValueTask DisposeAsync();
}
