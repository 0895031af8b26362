using System.Diagnostics;
using System.Globalization;
using Eformer.Pool.Bench.Driving;
using Eformer.Pool.Bench.Measuring;

namespace Eformer.Pool.Bench.Works;

/// <summary>Much output, read through the .NET API, with the most memory that each kind of process used meanwhile.</summary>
/// <remarks>Each time with a new driver and a new pool: what others left in their memory does not count.</remarks>
internal sealed class Volumes(BenchOptions options) : IWorks
{
    private IReadOnlyDictionary<string, Quantity> _memory = new Dictionary<string, Quantity>();

    /// <inheritdoc/>
    public IReadOnlyList<Work> Works =>
    [
        .. Volume.All.Select(volume => new Work(volume.Name, () => OnceAsync(volume)) { Repetitions = options.Volumes, Parts = () => _memory }),
    ];

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async Task<TimeSpan> OnceAsync(Volume volume)
    {
        using Process driver = ChildProcess.Start(ChildProcess.Self, VolumeDriver.Verb, volume.Name);
        string[] words = (await ChildProcess.AwaitLineAsync(driver, VolumeDriver.Answer)).Split('\t');
        await driver.WaitForExitAsync();
        _memory = words[2..].Chunk(2).ToDictionary(
            static part => $"peak memory of the {part[0]}",
            static part => Quantity.OfBytes(long.Parse(part[1], NumberStyles.None, CultureInfo.InvariantCulture)));
        return TimeSpan.FromMilliseconds(double.Parse(words[1], CultureInfo.InvariantCulture));
    }
}
