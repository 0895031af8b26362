using Eformer.Pool;

namespace Acme;

/// <summary>Trains shards.</summary>
public static partial class Training
{
    /// <summary>Trains one shard.</summary>
    /// <param name="options">How to train it.</param>
    /// <param name="host">Where.</param>
    /// <param name="progress">How far it is, from 0 to 1.</param>
    /// <param name="ct">Stops it.</param>
    /// <returns>The last loss.</returns>
    [RemoteFunction(Cmdlet = "Invoke-Training")]
    public static async Task<TrainResult> TrainAsync(TrainOptions options, HostContext host, IProgress<double> progress, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(host);
        ArgumentNullException.ThrowIfNull(progress);
        for (int step = 1; step <= options.Steps; step++)
        {
            ct.ThrowIfCancellationRequested();
            await Task.Yield();
            progress.Report((double)step / options.Steps);
        }

        return new TrainResult(options.Rate / options.Steps, host.ToString(), [options.Precision.ToString(), .. options.Labels?.Keys ?? []]);
    }
}
