namespace Eformer.Pool.Bench.OrleansPeer;

/// <inheritdoc cref="INoOpGrain"/>
internal sealed class NoOpGrain : Grain, INoOpGrain
{
    /// <inheritdoc/>
    public Task<int> NoOpAsync(int value) => Task.FromResult(value);
}
