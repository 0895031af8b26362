using System.Diagnostics;
using Eformer.Pool.Bench.Driving;
using Eformer.Pool.Bench.Measuring;

namespace Eformer.Pool.Bench.Works;

/// <summary>Runs on a warm local pool of two slices with four hosts each.</summary>
internal sealed class PoolRuns : IWorks
{
    private readonly DriverSession _session;
    private readonly SlicePoolManager _manager;

    private PoolRuns(DriverSession session, SlicePoolManager manager)
    {
        (_session, _manager) = (session, manager);
        Works =
        [
            new("no-op on 8 hosts: Invoke-OnEachHost", () => Script("Invoke-OnEachHost $pool { }")) { Reach = 2, Floor = RunnerFloor.Eight },
            new("no-op on 1 host: Invoke-OnEachHost", () => Script("Invoke-OnEachHost $pool { } -Slice 0 -HostId 0")) { Reach = 0.7, Floor = RunnerFloor.One },
            new("no-op on 8 hosts: StartRunAsync", () => RunAsync(new RunRequest { Script = "" })) { Floor = RunnerFloor.Eight },
            new("no-op on 1 host: StartRunAsync", () => RunAsync(new RunRequest { Script = "", SliceIds = [0], HostIds = [0] })) { Floor = RunnerFloor.One },
            new("80,000 integers from 8 hosts", () => Stream("")) { Reach = 250 },
            new("80,000 integers, -HideComputerName", () => Stream("-HideComputerName")),
        ];
    }

    /// <inheritdoc/>
    public IReadOnlyList<Work> Works { get; }

    /// <summary>The pool.</summary>
    public SlicePoolManager Manager => _manager;

    /// <summary>Makes the pool.</summary>
    public static PoolRuns Start()
    {
        DriverSession session = new();
        SlicePool pool = (SlicePool)session.Run("$pool = New-SlicePool -Local -SliceCount 2 -HostsPerSlice 4; $pool")!;
        return new PoolRuns(session, pool.GetManager());
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _manager.DisposeAsync();
        _session.Dispose();
    }

    private Task<TimeSpan> Script(string statement) => Task.FromResult(_session.Time(statement));

    private Task<TimeSpan> Stream(string options)
    {
        TimeSpan duration = _session.Time($"$received = Invoke-OnEachHost $pool {{ 1..10000 }} {options}");
        return _session.Run("$received.Count") is 80_000
            ? Task.FromResult(duration)
            : throw new InvalidOperationException("Not every integer arrived.");
    }

    private async Task<TimeSpan> RunAsync(RunRequest request)
    {
        long start = Stopwatch.GetTimestamp();
        await using (RunHandle run = await _manager.StartRunAsync(request))
        {
            await foreach (RunRecord record in run.Records.ReadAllAsync())
            {
                Expect(record);
            }
        }

        return Stopwatch.GetElapsedTime(start);
    }

    private static void Expect(RunRecord record)
    {
        if (record.End is not { Outcome: RunOutcome.Succeeded })
        {
            throw new InvalidOperationException($"{record.Host}: {record.Kind} {record.End?.Outcome} {record.End?.Evidence}");
        }
    }
}
