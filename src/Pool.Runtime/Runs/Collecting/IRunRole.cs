using Eformer.Pool.Store;

namespace Eformer.Pool.Runs.Collecting;

/// <summary>What a run is collected for: its driver has attempts made, who looks on waits for what the driver says of them.</summary>
/// <remarks>One caller at a time: the collector, which disposes it when the run is over or is collected no more.</remarks>
internal interface IRunRole : IAsyncDisposable
{
    /// <summary>Whether the run stops when it is let go of.</summary>
    bool IsDriver { get; }

    /// <summary>Hears of an attempt that was not sent from here.</summary>
    Task HearAsync(RunTarget target, int attempt);

    /// <summary>Takes the end of an attempt. Those that no other attempt can follow now go to <see cref="CollectedRun.Final"/>.</summary>
    Task TakeEndAsync(RunTarget target, AttemptEnd end);

    /// <summary>Does what is next, when everything that had come was taken.</summary>
    /// <returns>Ends of hosts that will never start, to be written for everybody.</returns>
    ValueTask<IReadOnlyList<(RunTarget Target, AttemptEnd End)>> AdvanceAsync();

    /// <summary>Looks how the run stands, once a second.</summary>
    /// <param name="fleet">The fleet; null when the store is away.</param>
    /// <param name="reading">The run's log.</param>
    Task LookAsync(FleetSnapshot? fleet, RunReading reading);

    /// <summary>Says to the store that ends are the last, before anybody is told of them.</summary>
    Task SettleAsync(IReadOnlyList<(RunTarget Target, AttemptEnd End)> ends);
}
