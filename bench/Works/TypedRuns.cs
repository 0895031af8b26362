using System.Diagnostics;
using Eformer.Pool.Bench.Functions;
using Eformer.Pool.Bench.Measuring;

namespace Eformer.Pool.Bench.Works;

/// <summary>Typed calls on the emulated hosts of a local pool, which run in the agent's process, and on hosts in runner processes.</summary>
internal sealed class TypedRuns : IWorks
{
    private readonly Typed.OnEachHostProxy _one;
    private readonly Typed.OnEachHostProxy _all;
    private readonly Typed.OnEachHostProxy _inRunner;

    /// <summary>Calls on a pool of 8 hosts, which stays its owner's.</summary>
    public TypedRuns(SlicePoolManager pool)
    {
        RemoteCallOptions first = new() { SliceIds = [0], HostIds = [0] };
        _one = Typed.OnEachHost(pool, first);
        _all = Typed.OnEachHost(pool);
        _inRunner = Typed.OnEachHost(pool, first with { Isolation = Isolation.Session });
        Works =
        [
            new("typed no-op on 1 host", () => CallAsync(_one)) { Reach = 0.4 },
            new("typed no-op on 8 hosts", () => CallAsync(_all)),
            new("typed no-op on 1 host, in a runner", () => CallAsync(_inRunner)),
        ];
    }

    /// <inheritdoc/>
    public IReadOnlyList<Work> Works { get; }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static async Task<TimeSpan> CallAsync(Typed.OnEachHostProxy proxy)
    {
        long start = Stopwatch.GetTimestamp();
        HostResults<int> results = await proxy.NoOp(1);
        TimeSpan duration = Stopwatch.GetElapsedTime(start);
        return results.Failed.Count == 0 ? duration : throw new InvalidOperationException(results.Failed[0].Evidence);
    }
}
