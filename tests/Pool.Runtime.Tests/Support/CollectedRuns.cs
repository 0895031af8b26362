using Eformer.Pool.Envelopes;
using Eformer.Pool.Pools;
using Eformer.Pool.Runs;
using Eformer.Pool.Runs.Collecting;
using Eformer.Pool.Runs.Driving;
using Eformer.Pool.Runs.Onlooking;
using Eformer.Pool.Store;
using Microsoft.Extensions.Time.Testing;

namespace Eformer.Pool.Tests.Support;

/// <summary>A run on a pool that exists only here: the test is its store, its hosts and its clock.</summary>
internal sealed class CollectedRuns : IAsyncDisposable
{
    public const string RunId = "run-1";

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);
    private readonly FleetKeys _keys = FleetKeys.Create("fleet");
    private readonly EnvelopeSigner _hosts;
    private readonly PoolSession _session;
    private readonly RunRequest _request;
    private RunCollector? _collector;
    private long _written;

    /// <summary>A pool of slices with some hosts each.</summary>
    public CollectedRuns(RunRequest request, int slices, int hosts = 1)
    {
        (IPoolStore store, Store) = RunStore.New();
        _request = request;
        _hosts = _keys.ResultSigner();
        _session = new PoolSession("night", new StoreOptions { Connection = "" }, store, _keys, null, Clock);
        Slices = [.. Enumerable.Range(0, slices).Select(slot => Fleets.Held(slot, [.. Enumerable.Range(0, hosts).Select(host => Held($"h{slot}-{host}"))]))];
        Targets = [.. Slices.SelectMany(slice => slice.Hosts.Select((_, id) => new RunTarget(RunTarget.PlaceOf(slice, id), slice, RunId)))];
        Store.Fleet = Fleets.Of(Slices.SelectMany(slice => slice.Hosts));
        Whole = (_, _) => Task.FromResult<IReadOnlyList<HeldSlice>>(Slices);
    }

    public RunStore Store { get; }

    public FakeTimeProvider Clock { get; } = new();

    public HeldSlice[] Slices { get; }

    public RunTarget[] Targets { get; }

    /// <summary>Waits until slots of the pool are whole.</summary>
    public Func<int[], CancellationToken, Task<IReadOnlyList<HeldSlice>>> Whole { get; set; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Drives the run from its start.</summary>
    public RunCollector Drive()
    {
        foreach (RunTarget target in Targets.Take(_request.ThrottleLimit ?? Targets.Length))
        {
            target.Send(1, Clock.GetTimestamp());
        }

        return Drive(new CollectedRun(_session, RunId, Targets));
    }

    /// <summary>Drives the run a second time, when it has gone on for one attempt and some hosts have ended.</summary>
    public RunCollector DriveAgain(params LogEnd[] ended)
    {
        foreach (RunTarget target in Targets)
        {
            target.Resume(1, Clock.GetTimestamp(), mustRun: false);
        }

        CollectedRun run = new(_session, RunId, Targets);
        run.Attach(ended);
        return Drive(run);
    }

    /// <summary>Looks on while somebody else drives the run, some hosts of which have ended.</summary>
    public RunCollector LookOn(params LogEnd[] ended)
    {
        foreach (RunTarget target in Targets)
        {
            target.Resume(1, Clock.GetTimestamp(), mustRun: false);
        }

        CollectedRun run = new(_session, RunId, Targets);
        run.Attach(ended);
        return Start(run, new RunOnlooker(run, Manifest));
    }

    /// <summary>Hosts write an entry together, and ring.</summary>
    public void Write(params IEnumerable<ResultItem> items)
    {
        byte[] entry = Entry([.. items]);
        _collector!.Notify(new LogNotice(RunId, Store.Append(entry), entry));
    }

    /// <summary>A signed entry of some hosts.</summary>
    public byte[] Entry(params ResultItem[] items)
    {
        ResultHeader header = new() { Fleet = "fleet", RunId = RunId, Writer = "agent", Sequence = ++_written, Items = items };
        return _hosts.Sign(EnvelopeType.Result, ResultBatch.Encode(header, [.. items.Select(_ => ReadOnlyMemory<byte>.Empty)]));
    }

    /// <summary>The end of a host's attempt.</summary>
    public ResultItem End(int target, RunOutcome outcome, int attempt = 1) => new(
        Targets[target].Key, RecordKind.End, 0, Partial: false, attempt, new AttemptEnd { Outcome = outcome, Evidence = "as the host wrote", Attempt = attempt });

    /// <summary>Something that a host writes.</summary>
    public ResultItem Output(int target, int attempt = 1) => new(Targets[target].Key, RecordKind.Output, 0, Partial: false, attempt, null);

    /// <summary>The next record of the run.</summary>
    public Task<RunRecord> ReadAsync() => _collector!.Records.ReadAsync(Token).AsTask().WaitAsync(s_patience, TimeProvider.System, Token);

    /// <summary>The next record, which is of a kind and a host.</summary>
    public async Task<AttemptEnd?> ReadAsync(RecordKind kind, int target)
    {
        RunRecord record = await ReadAsync();
        Assert.Equal((kind, Targets[target].Address), (record.Kind, record.Host));
        return record.End;
    }

    /// <summary>The end of each host, when nothing but ends comes.</summary>
    public Task<AttemptEnd[]> ReadEndsAsync() => EndsAsync(record => Assert.Equal(RecordKind.End, record.Kind));

    /// <summary>The end of each host, whatever else comes.</summary>
    public Task<AttemptEnd[]> LastEndsAsync() => EndsAsync(_ => { });

    /// <summary>Lets the run's time pass until something is so.</summary>
    public Task PassUntilAsync(Func<bool> condition, string what) => UntilAsync(condition, what, () => Clock.Advance(TimeSpan.FromMilliseconds(250)));

    /// <summary>Waits until something is so, while the run's time stands still.</summary>
    public static Task StandUntilAsync(Func<bool> condition, string what) => UntilAsync(condition, what, () => { });

    public async ValueTask DisposeAsync()
    {
        // One that hangs fails the test, and does not hang it too.
        await (_collector?.DetachAsync() ?? Task.CompletedTask).WaitAsync(s_patience, TimeProvider.System);
        await _session.DisposeAsync();
        _hosts.Dispose();
    }

    private async Task<AttemptEnd[]> EndsAsync(Action<RunRecord> check)
    {
        Dictionary<HostAddress, AttemptEnd> ends = [];
        while (ends.Count < Targets.Length)
        {
            RunRecord record = await ReadAsync();
            check(record);
            if (record.End is { } end && record.Kind == RecordKind.End)
            {
                ends.Add(record.Host, end);
            }
        }

        return [.. Targets.Select(target => ends[target.Address])];
    }

    private static async Task UntilAsync(Func<bool> condition, string what, Action turn)
    {
        long began = TimeProvider.System.GetTimestamp();
        using PeriodicTimer pause = new(TimeSpan.FromMilliseconds(10), TimeProvider.System);
        while (!condition())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(began) < s_patience, $"Not within {s_patience}: {what}.");
            await pause.WaitForNextTickAsync(Token);
            turn();
        }
    }

    private RunManifest Manifest => new()
    {
        Fleet = "fleet",
        RunId = RunId,
        Pool = "night",
        Owner = "ann",
        DriverId = "owner-1",
        QueuedMs = 0,
        TtlMs = 1000,
        PayloadSha256 = "",
        Title = "",
        Retries = _request.MaxFailureRetry + _request.MaxPreemptionRetry > 0,
        Places = [.. Targets.Select(target => target.Place)],
    };

    private RunCollector Drive(CollectedRun run)
    {
        RunSpec spec = RunSpec.From(_request, RunId, [.. Targets.Select(target => target.Key)], null);
        RunDispatcher dispatcher = new(_session, spec, Clock.GetUtcNow(), 0);
        RunDriver driver = new(run, new RunAttempts(_request, Targets, Targets), dispatcher, (request, token) => Whole([.. request.SliceIds!], token), spec.Retries);
        return Start(run, driver);
    }

    private RunCollector Start(CollectedRun run, IRunRole role)
    {
        _collector = new RunCollector(run, role, new RunJudge(_session, RunId, _session.OwnerId), Clock.GetUtcNow(), isKept: true, _ => { });
        _collector.Start();
        return _collector;
    }

    private static HostRecord Held(string key) => Fleets.Host(key, state: HostState.Held);
}
