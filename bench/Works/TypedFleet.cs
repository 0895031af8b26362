using System.Diagnostics;
using Eformer.Pool.Bench.Driving;
using Eformer.Pool.Bench.Functions;
using Eformer.Pool.Bench.Measuring;

namespace Eformer.Pool.Bench.Works;

/// <summary>
/// Typed calls on as many emulated hosts as the largest published multislice job has, all played by one agent. The pool is started when
/// it is first measured, and ended before anything else is.
/// </summary>
internal sealed class TypedFleet : IWorks
{
    private const int HostsPerSlice = 64;
    private readonly OnDemand<SlicePoolManager> _pool;
    private readonly int _slices;

    /// <summary>Starts nothing yet.</summary>
    public TypedFleet(BenchOptions options)
    {
        _slices = options.Slices;
        _pool = new OnDemand<SlicePoolManager>(OpenAsync);
        Works =
        [
            new($"typed no-op on {_slices * HostsPerSlice:N0} emulated hosts in {_slices} slices", CallAsync)
            {
                Reach = options.Quick ? null : 250,
                Repetitions = options.FleetCalls,
            },
        ];
    }

    /// <inheritdoc/>
    public IReadOnlyList<Work> Works { get; }

    /// <inheritdoc/>
    public ValueTask RestAsync() => _pool.DisposeAsync();

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => RestAsync();

    private async Task<SlicePoolManager> OpenAsync()
    {
        SlicePoolManager pool = await SlicePoolManager.OpenAsync(new SlicePoolOptions { LocalSliceCount = _slices, HostsPerSlice = HostsPerSlice });
        await pool.ScaleMultisliceAsync(_slices);
        await AskAsync(pool);
        return pool;
    }

    private async Task<TimeSpan> CallAsync()
    {
        SlicePoolManager pool = await _pool.GetAsync();
        long start = Stopwatch.GetTimestamp();
        await AskAsync(pool);
        return Stopwatch.GetElapsedTime(start);
    }

    private async Task AskAsync(SlicePoolManager pool)
    {
        HostResults<int> results = await Typed.OnEachHost(pool).NoOp(1);
        if (results.Failed.Count > 0 || results.Succeeded.Count != _slices * HostsPerSlice)
        {
            throw new InvalidOperationException($"{results.Succeeded.Count} hosts answered; {(results.Failed.Count > 0 ? results.Failed[0].Evidence : "none failed")}");
        }
    }
}
