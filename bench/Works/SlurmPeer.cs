using System.Diagnostics;
using System.Runtime.Versioning;
using Eformer.Pool.Bench.Driving;
using Eformer.Pool.Bench.Measuring;
using Eformer.Pool.Bench.Reports;

namespace Eformer.Pool.Bench.Works;

/// <summary>Steps of a Slurm allocation of 8 emulated nodes: what an HPC user has for "the same on every host, now".</summary>
[SupportedOSPlatform("linux")]
internal sealed class SlurmPeer : IWorks
{
    private const int WarmUp = 5;
    private const int IntegersEach = 10_000;
    private readonly OnDemand<SlurmCluster> _cluster = new(StartAsync);

    private SlurmPeer(BenchOptions options) => Works =
    [
        new("peer: no-op on 8 nodes, Slurm step", NoOpAsync) { Repetitions = options.PeerCalls },
        new("peer: 80,000 integers as text from 8 nodes, Slurm step", IntegersAsync) { Repetitions = options.PeerStreams },
    ];

    /// <inheritdoc/>
    public IReadOnlyList<Work> Works { get; }

    /// <summary>It, where Slurm is installed.</summary>
    public static IEnumerable<IWorks> IfInstalled(BenchOptions options, MachineFacts machine)
    {
        if (SlurmCluster.Missing.Count == 0)
        {
            return [new SlurmPeer(options)];
        }

        machine.AddAbsent($"Slurm (not installed: {string.Join(", ", SlurmCluster.Missing)})");
        return [];
    }

    /// <inheritdoc/>
    public ValueTask RestAsync() => _cluster.DisposeAsync();

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    private static async Task<SlurmCluster> StartAsync()
    {
        SlurmCluster cluster = await SlurmCluster.StartAsync();
        for (int i = 0; i < WarmUp; i++)
        {
            await cluster.StepAsync("true");
        }

        return cluster;
    }

    private async Task<TimeSpan> NoOpAsync() => (await TimeAsync("true")).Duration;

    private async Task<TimeSpan> IntegersAsync()
    {
        (TimeSpan duration, string output) = await TimeAsync("seq", $"{IntegersEach}");
        return output.AsSpan().Count('\n') == SlurmCluster.Nodes * IntegersEach
            ? duration
            : throw new InvalidOperationException("Not every integer arrived.");
    }

    private async Task<(TimeSpan Duration, string Output)> TimeAsync(params string[] command)
    {
        SlurmCluster cluster = await _cluster.GetAsync();
        long start = Stopwatch.GetTimestamp();
        string output = await cluster.StepAsync(command);
        return (Stopwatch.GetElapsedTime(start), output);
    }
}
