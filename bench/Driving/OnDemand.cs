namespace Eformer.Pool.Bench.Driving;

/// <summary>Something that is started when it is first needed, and again when it was ended meanwhile.</summary>
/// <param name="startAsync">Starts it.</param>
internal sealed class OnDemand<T>(Func<Task<T>> startAsync) : IAsyncDisposable
    where T : class, IAsyncDisposable
{
    private T? _started;

    /// <summary>It, started.</summary>
    public async Task<T> GetAsync() => _started ??= await startAsync();

    /// <summary>Ends it, if it was started.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _started, null) is { } started)
        {
            await started.DisposeAsync();
        }
    }
}
