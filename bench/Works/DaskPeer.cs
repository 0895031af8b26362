using System.Diagnostics;
using Eformer.Pool.Bench.Driving;
using Eformer.Pool.Bench.Measuring;
using Eformer.Pool.Bench.Reports;

namespace Eformer.Pool.Bench.Works;

/// <summary>Dask's <c>Client.run</c> on a cluster of 8 worker processes: a function of Python's on every worker, no shell, nothing durable.</summary>
internal sealed class DaskPeer : IWorks
{
    private static readonly string s_script = PeerProgram.Script("dask_peer.py");
    private readonly string _python;
    private readonly OnDemand<PeerProgram> _client;

    private DaskPeer(string python, BenchOptions options)
    {
        _python = python;
        _client = new OnDemand<PeerProgram>(() => PeerProgram.StartAsync(python, s_script));
        Works =
        [
            // Before the client is there: its cluster would share the machine.
            new("peer: cold, new process to the results of 8 workers, Dask", ColdAsync) { Repetitions = options.ColdStarts },
            new("peer: no-op on 8 workers, Dask Client.run", () => AskAsync("no-op")) { Repetitions = options.PeerCalls },
            new("peer: 80,000 integers from 8 workers, Dask Client.run", () => AskAsync("integers")) { Repetitions = options.PeerStreams },
        ];
    }

    /// <inheritdoc/>
    public IReadOnlyList<Work> Works { get; }

    /// <summary>It, where a Python has Dask's distributed scheduler.</summary>
    public static IEnumerable<IWorks> IfInstalled(BenchOptions options, MachineFacts machine)
    {
        if (Installed.FindAll("python3").FirstOrDefault(HasDask) is { } python)
        {
            return [new DaskPeer(python, options)];
        }

        machine.AddAbsent("Dask (no python3 with the package distributed)");
        return [];
    }

    /// <inheritdoc/>
    public ValueTask RestAsync() => _client.DisposeAsync();

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _client.DisposeAsync();

    private static bool HasDask(string python)
    {
        // Looks without importing it, which takes a second.
        using Process process = ChildProcess.Start(python, "-c", "import importlib.util as u; print(u.find_spec('distributed') is not None)");
        string answer = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return answer.Trim() == "True";
    }

    private async Task<TimeSpan> ColdAsync()
    {
        long start = Stopwatch.GetTimestamp();
        using Process process = ChildProcess.Start(_python, s_script, "cold");
        string line = await ChildProcess.AwaitLineAsync(process, "results");
        TimeSpan duration = Stopwatch.GetElapsedTime(start);
        await process.WaitForExitAsync();
        return line == "results 8" ? duration : throw new InvalidOperationException($"Not every worker answered: {line}.");
    }

    private async Task<TimeSpan> AskAsync(string work) => await (await _client.GetAsync()).AskAsync(work);
}
