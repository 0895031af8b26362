using System.Diagnostics;
using Eformer.Pool.Bench.Driving;
using Eformer.Pool.Bench.Measuring;

namespace Eformer.Pool.Bench.Works;

/// <summary>A new process, from nothing to the results of 8 local hosts.</summary>
internal sealed class ColdStart(int repetitions) : IWorks
{
    private static readonly string s_script = Path.Combine(AppContext.BaseDirectory, "cold.ps1");

    /// <inheritdoc/>
    public IReadOnlyList<Work> Works =>
        [new("cold: new process to the results of 8 local hosts", OnceAsync) { Reach = 1000, Repetitions = repetitions }];

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static async Task<TimeSpan> OnceAsync()
    {
        long start = Stopwatch.GetTimestamp();
        using Process process = ChildProcess.Start(Shipped.HostProgram, "script", s_script);
        string line = await ChildProcess.AwaitLineAsync(process, "results");
        TimeSpan duration = Stopwatch.GetElapsedTime(start);
        await process.WaitForExitAsync();
        return line == "results 8" ? duration : throw new InvalidOperationException($"Not every host answered: {line}.");
    }
}
