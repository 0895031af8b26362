using System.Diagnostics;
using Eformer.Pool.Bench.Driving;
using Eformer.Pool.Bench.Measuring;
using Eformer.Pool.HostWorker.Runners;
using Microsoft.Extensions.Logging.Abstractions;

namespace Eformer.Pool.Bench.Works;

/// <summary>Runners over their sockets, without agent and store.</summary>
internal sealed class RunnerFloor : IWorks
{
    /// <summary>The floor of runs on 8 hosts.</summary>
    public const string Eight = "floor: 8 runners, no store";

    /// <summary>The floor of runs on 1 host.</summary>
    public const string One = "floor: 1 runner, no store";

    private const int Hosts = 8;
    private static readonly RunnerJob s_job = new() { AttemptId = "bench", Script = "", Environment = new Dictionary<string, string>() };
    private readonly DirectoryInfo _folder;
    private readonly RunnerProcess[] _runners;

    private RunnerFloor(DirectoryInfo folder, RunnerProcess[] runners) => (_folder, _runners) = (folder, runners);

    /// <inheritdoc/>
    public IReadOnlyList<Work> Works =>
    [
        new(Eight, () => RunAsync(_runners)),
        new(One, () => RunAsync(_runners[..1])),
    ];

    /// <summary>Starts the runners.</summary>
    public static async Task<RunnerFloor> StartAsync()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("ef-");
        RunnerStart start = new() { Engine = HostEngine.Info, SocketDirectory = folder.FullName, Executable = Shipped.HostProgram };
        return new RunnerFloor(folder, await Task.WhenAll(Enumerable.Range(0, Hosts).Select(_ =>
            RunnerProcess.StartAsync(start, TimeProvider.System, NullLogger.Instance, CancellationToken.None))));
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_runners.Select(runner => runner.DisposeAsync().AsTask()));
        _folder.Delete(recursive: true);
    }

    private static async Task<TimeSpan> RunAsync(RunnerProcess[] runners)
    {
        long start = Stopwatch.GetTimestamp();
        await Task.WhenAll(Array.ConvertAll(runners, runner =>
            runner.RunAsync(s_job, static (_, _) => ValueTask.CompletedTask, static () => { }, CancellationToken.None)));
        return Stopwatch.GetElapsedTime(start);
    }
}
