namespace Eformer.Pool.Pools;

/// <summary>Lets whoever drains a pool while it is being drained join that drain. Thread-safe.</summary>
internal sealed class JoinableDrain(Func<DrainOptions, Task> drain)
{
    private readonly Lock _gate = new();
    private Task _going = Task.CompletedTask;
    private DrainOptions _options = new();

    /// <summary>Drains, or joins a drain of everything, or of the same slices, that goes on. Cancelling ends the waiting, not the drain.</summary>
    public Task RunAsync(DrainOptions options, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_going.IsCompleted || !Covers(_options, options))
            {
                _options = options;
                Task before = _going;
                _going = Task.Run(() => AfterAsync(before, options), CancellationToken.None);
            }

            return _going.WaitAsync(cancellationToken);
        }
    }

    private static bool Covers(DrainOptions going, DrainOptions asked) =>
        (going.Slots is null || (asked.Slots is not null && !asked.Slots.Except(going.Slots).Any())) && (going.Force || !asked.Force);

    private async Task AfterAsync(Task before, DrainOptions options)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await drain(options);
    }
}
