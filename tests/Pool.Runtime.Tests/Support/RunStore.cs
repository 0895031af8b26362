using System.Reflection;
using Eformer.Pool.Store;

namespace Eformer.Pool.Tests.Support;

/// <summary>A store that has one run, as a test says: its log, how it stands, and the fleet. It remembers what it was told.</summary>
public class RunStore : DispatchProxy
{
    private readonly Lock _gate = new();
    private readonly List<ReadOnlyMemory<byte>> _log = [];
    private readonly List<RunAmendment> _amendments = [];
    private readonly List<RunCancellation> _cancellations = [];
    private volatile int _refused;
    private volatile int _unanswered;
    private volatile int _runReads;

    /// <summary>Makes one, as the store and as itself.</summary>
    public static (IPoolStore Store, RunStore Seen) New()
    {
        IPoolStore store = Create<IPoolStore, RunStore>();
        return (store, (RunStore)store);
    }

    /// <summary>Whether the run was removed.</summary>
    public bool IsGone { get; set; }

    /// <summary>How often it could not be told where the run is.</summary>
    public int Refused => _refused;

    /// <summary>How often the fleet could not be read.</summary>
    public int Unanswered => _unanswered;

    /// <summary>Whether somebody else has told the run to stop.</summary>
    public bool IsCancelled { get; set; }

    /// <summary>How often the whole run was read.</summary>
    public int RunReads => _runReads;

    /// <summary>What is answered when the fleet is read.</summary>
    public FleetSnapshot Fleet { get; set; } = Fleets.Of();

    /// <summary>What is answered when the run is read.</summary>
    public RunStanding? Standing { get; set; }

    /// <summary>Whether it is away, so that whatever it is asked fails.</summary>
    public bool IsAway { get; set; }

    /// <summary>Called before a verdict is written; returns what became of it.</summary>
    public Func<AppendStatus> OnJudge { get; set; } = () => AppendStatus.Appended;

    /// <summary>How often it was said where the run is, and with what.</summary>
    public IReadOnlyList<RunAmendment> Amendments => Copy(_amendments);

    /// <summary>How often it was said that the run is to stop.</summary>
    public IReadOnlyList<RunCancellation> Cancellations => Copy(_cancellations);

    /// <summary>Appends an entry to the log.</summary>
    /// <returns>Its index.</returns>
    public long Append(ReadOnlyMemory<byte> entry)
    {
        lock (_gate)
        {
            _log.Add(entry);
            return _log.Count - 1;
        }
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => targetMethod!.Name switch
    {
        "get_Fleet" => "fleet",
        nameof(IPoolStore.DisposeAsync) => ValueTask.CompletedTask,
        string what when IsAway => throw Away(what),
        nameof(IPoolStore.ReadFleetAsync) => Task.FromResult(Fleet),
        nameof(IPoolStore.ReadRunAsync) => Read(),
        nameof(IPoolStore.IsCancelledAsync) => Task.FromResult(IsCancelled),
        nameof(IPoolStore.ReadLogAsync) => Task.FromResult(IsGone ? null : LogFrom((long)args![1]!)),
        nameof(IPoolStore.AmendAsync) => Noted(_amendments, args![0]!, Task.FromResult(true)),
        nameof(IPoolStore.CancelAsync) => Noted(_cancellations, args![0]!, Task.CompletedTask),
        nameof(IPoolStore.ClaimAsync) => Task.FromResult(new ClaimReply(Exists: true, Cancelled: false, [], [], default)),
        nameof(IPoolStore.JudgeAsync) => Task.FromResult(OnJudge()),
        nameof(IPoolStore.AcknowledgeAsync) => Task.CompletedTask,
        string other => throw new NotSupportedException(other),
    };

    private IReadOnlyList<ReadOnlyMemory<byte>> LogFrom(long index) => [.. Copy(_log).Skip((int)index)];

    private Task<RunStanding?> Read()
    {
        _runReads++;
        return Task.FromResult(Standing);
    }

    private SlicePoolException Away(string what)
    {
        _refused += what == nameof(IPoolStore.AmendAsync) ? 1 : 0;
        _unanswered += what == nameof(IPoolStore.ReadFleetAsync) ? 1 : 0;
        return new SlicePoolException("StoreUnreachable", PoolErrorCategory.ConnectionError, "It is away.");
    }

    private Task Noted<T>(List<T> seen, object what, Task answer)
    {
        lock (_gate)
        {
            seen.Add((T)what);
            return answer;
        }
    }

    private T[] Copy<T>(List<T> seen)
    {
        lock (_gate)
        {
            return [.. seen];
        }
    }
}
