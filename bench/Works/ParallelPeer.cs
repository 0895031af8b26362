using Eformer.Pool.Bench.Driving;
using Eformer.Pool.Bench.Measuring;
using Eformer.Pool.Bench.Reports;

namespace Eformer.Pool.Bench.Works;

/// <summary><c>ForEach-Object -Parallel</c> in the installed pwsh: 8 runspaces of one process, no hosts at all.</summary>
internal sealed class ParallelPeer : IWorks
{
    private readonly OnDemand<PeerProgram> _session;

    private ParallelPeer(string pwsh, BenchOptions options)
    {
        _session = new OnDemand<PeerProgram>(() =>
            PeerProgram.StartAsync(pwsh, "-NoProfile", "-NonInteractive", "-File", PeerProgram.Script("parallel.ps1")));
        Works =
        [
            new("peer: no-op 8 times, ForEach-Object -Parallel", () => AskAsync("no-op")) { Repetitions = options.PeerCalls },
            new("peer: 80,000 integers, ForEach-Object -Parallel", () => AskAsync("integers")) { Repetitions = options.PeerStreams },
        ];
    }

    /// <inheritdoc/>
    public IReadOnlyList<Work> Works { get; }

    /// <summary>It, where there is pwsh.</summary>
    public static IEnumerable<IWorks> IfInstalled(BenchOptions options, MachineFacts machine)
    {
        if (Installed.Find(OperatingSystem.IsWindows() ? "pwsh.exe" : "pwsh") is { } pwsh)
        {
            return [new ParallelPeer(pwsh, options)];
        }

        machine.AddAbsent("ForEach-Object -Parallel (no pwsh)");
        return [];
    }

    /// <inheritdoc/>
    public ValueTask RestAsync() => _session.DisposeAsync();

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _session.DisposeAsync();

    private async Task<TimeSpan> AskAsync(string work) => await (await _session.GetAsync()).AskAsync(work);
}
