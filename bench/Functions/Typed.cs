namespace Eformer.Pool.Bench.Functions;

/// <summary>Remote functions to measure.</summary>
public static partial class Typed
{
    /// <summary>Gives back what it gets: what a call costs.</summary>
    /// <param name="value">Anything.</param>
    /// <param name="cancellationToken">Not heeded: there is no time to.</param>
    [RemoteFunction]
    public static int NoOp(int value, CancellationToken cancellationToken) => value;
}
