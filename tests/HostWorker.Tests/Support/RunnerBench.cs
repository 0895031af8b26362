using System.Diagnostics;
using Eformer.Pool.HostWorker.Engines;
using Eformer.Pool.HostWorker.Runners;
using Eformer.Pool.HostWorker.Runners.Containment;
using Microsoft.Extensions.Logging.Abstractions;

namespace Eformer.Pool.HostWorker.Tests.Support;

/// <summary>One real runner with a socket folder of its own, and short ways to use it.</summary>
internal sealed class RunnerBench : IAsyncDisposable
{
    private readonly DirectoryInfo _folder;

    private RunnerBench(DirectoryInfo folder, RunnerProcess runner) => (_folder, Runner) = (folder, runner);

    public RunnerProcess Runner { get; }

    public string Folder => _folder.FullName;

    public static async Task<RunnerBench> StartAsync(EngineInfo? engine = null)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("ef-");
        try
        {
            return await StartAsync(folder, engine ?? HostProgram.Embedded);
        }
        catch
        {
            folder.Delete(recursive: true);
            throw;
        }
    }

    private static async Task<RunnerBench> StartAsync(DirectoryInfo folder, EngineInfo engine)
    {
        RunnerStart start = new() { Engine = engine, SocketDirectory = folder.FullName, Executable = HostProgram.Path };
        RunnerProcess runner = await RunnerProcess.StartAsync(start, TimeProvider.System, NullLogger.Instance, TestContext.Current.CancellationToken);
        return new RunnerBench(folder, runner);
    }

    public async Task<RunResult> RunAsync(
        string script,
        IReadOnlyDictionary<string, string>? environment = null,
        string? argumentsXml = null,
        Action<RecordKind, object?>? onObject = null,
        CancellationToken? stop = null)
    {
        RunnerJob job = Job(script) with { ArgumentsXml = argumentsXml, Environment = environment ?? new Dictionary<string, string>() };
        return await RunAsync(job, onObject, stop);
    }

    /// <summary>A job that asks for nothing special.</summary>
    public static RunnerJob Job(string script) => new() { AttemptId = "test", Script = script, Environment = new Dictionary<string, string>() };

    public async Task<RunResult> RunAsync(RunnerJob job, Action<RecordKind, object?>? onObject = null, CancellationToken? stop = null)
    {
        RunResult result = new();
        Stopwatch watch = Stopwatch.StartNew();
        ValueTask Take(RecordKind kind, ReadOnlyMemory<byte> data)
        {
            foreach (object? value in Clixml.Read(data))
            {
                result.Records.Add((kind, value));
                onObject?.Invoke(kind, value);
            }

            return ValueTask.CompletedTask;
        }

        result.End = await Runner.RunAsync(job, Take, () => result.Started = true, stop ?? TestContext.Current.CancellationToken);
        result.Elapsed = watch.Elapsed;
        return result;
    }

    public async ValueTask DisposeAsync()
    {
        await Runner.DisposeAsync();
        Assert.Empty(_folder.EnumerateFileSystemInfos());
        Assert.Empty(RunnerCgroup.FindAll(ProcessTree.TagOf(Folder)));
        _folder.Delete(recursive: true);
    }
}
