namespace Acme;

public sealed record TrainOptions
{
    public required int Steps { get; init; }

    public double Rate { get; init; }
}

public sealed record TrainResult(double Loss);

public static partial class Training
{
    /// <summary>Trains one <c>shard</c> &amp; reports as it goes.</summary>
    /// <param name="options">How to train it.</param>
    /// <param name="force">Whether to train a shard that <paramref name="options"/> says is trained.</param>
    /// <param name="host">Where.</param>
    /// <param name="progress">How far it is.</param>
    /// <param name="ct">Stops it.</param>
    /// <returns>What came of it.</returns>
    /// <remarks>A shard is trained where its data is.</remarks>
    [RemoteFunction(Cmdlet = "Invoke-Training")]
    public static Task<TrainResult> TrainAsync(
        TrainOptions options, HostContext host, IProgress<double> progress, int[]? seeds = null, bool force = false, CancellationToken ct = default) =>
        Task.FromResult(new TrainResult(options.Steps));
}
