using System.Diagnostics;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using Eformer.Pool.Bench.Driving;
using Eformer.Pool.Bench.Measuring;

namespace Eformer.Pool.Bench.Works;

/// <summary>The engine alone, in this process: nothing on top of it can be faster.</summary>
internal sealed class EngineFloor : IWorks
{
    private const int Hosts = 8;
    private const int Threads = 2;
    private readonly Runspace[] _runspaces = [.. Enumerable.Range(0, Hosts).Select(_ => DriverSession.OpenRunspace())];

    /// <inheritdoc/>
    public IReadOnlyList<Work> Works =>
    [
        new("floor: engine, 1 empty script", () => TimeAsync(() => Invoke(_runspaces[0]))),
        new("floor: engine, 8 empty scripts on 2 threads", () => TimeAsync(() => Parallel.ForEach(
            _runspaces.Chunk(Hosts / Threads), new ParallelOptions { MaxDegreeOfParallelism = Threads }, InvokeAll))),
    ];

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        Array.ForEach(_runspaces, runspace => runspace.Dispose());
        return ValueTask.CompletedTask;
    }

    private static Task<TimeSpan> TimeAsync(Action action)
    {
        long start = Stopwatch.GetTimestamp();
        action();
        return Task.FromResult(Stopwatch.GetElapsedTime(start));
    }

    private static void InvokeAll(Runspace[] runspaces) => Array.ForEach(runspaces, Invoke);

    private static void Invoke(Runspace runspace)
    {
        using PowerShell shell = PowerShell.Create();
        shell.Runspace = runspace;
        shell.AddScript("", useLocalScope: false);
        shell.Invoke();
    }
}
