namespace Eformer.Pool.HostWorker.Agent;

/// <summary>
/// The place of one command among those that came for the same hosts. Claims take as long as they take and overtake each other; what
/// waits for a busy host must wait in the order in which it was sent.
/// </summary>
/// <remarks>Made one at a time and in that order: two that are made at once could wait for each other. Disposed of by any thread.</remarks>
internal sealed class Arrival : IDisposable
{
    private readonly TaskCompletionSource _entered = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Takes the place behind all that came before for any of these hosts.</summary>
    public Arrival(IReadOnlyList<HostSlot> hosts) => Before = Task.WhenAll(hosts.Select(host => host.Follow(_entered.Task)));

    /// <summary>Completes when all that came before have taken their place in their hosts' queues, or given it up.</summary>
    public Task Before { get; }

    /// <summary>Lets those that came later go on: the attempts of this one have begun, wait for their turn, or will never come.</summary>
    public void Dispose() => _ = LetGoOnAsync();

    // Not before those that came earlier: who gives up his place lets nobody past them.
    private async Task LetGoOnAsync()
    {
        await Before;
        _entered.TrySetResult();
    }
}
