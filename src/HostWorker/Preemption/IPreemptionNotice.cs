namespace Eformer.Pool.HostWorker.Preemption;

/// <summary>One that may announce that this machine will be taken away. Asked by one caller at a time.</summary>
internal interface IPreemptionNotice
{
    /// <summary>Who it is, for the log.</summary>
    string Source { get; }

    /// <summary>How often it may be asked.</summary>
    TimeSpan Period { get; }

    /// <summary>Asks.</summary>
    /// <returns>Why the machine will be taken away, in a few words; null when nothing of the kind is announced.</returns>
    /// <exception cref="Exception">It cannot be told; whoever asks goes by the last answer.</exception>
    Task<string?> ReadAsync(CancellationToken cancellationToken);
}
