namespace Eformer.Pool.Bench.OrleansPeer;

/// <summary>A grain that does nothing: what a call costs.</summary>
public interface INoOpGrain : IGrainWithIntegerKey
{
    /// <summary>Gives back what it gets.</summary>
    Task<int> NoOpAsync(int value);
}
