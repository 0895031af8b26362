using System.Collections.Concurrent;
using System.Threading.Channels;
using Eformer.Pool.Envelopes;
using Eformer.Pool.Store;
using Microsoft.Extensions.Logging;

namespace Eformer.Pool.HostWorker.Agent;

/// <summary>Writes what an agent's hosts of one slice say of a run to the run's log: in order, in signed batches, one at a time.</summary>
/// <remarks>
/// Every batch costs a signature here, another at the driver and a script in the store. So while one is on its way the next
/// gathers, and an end waits a moment for those of the other hosts: many that end together cost one batch.
/// </remarks>
internal sealed partial class RunPublisher : IAsyncDisposable
{
    private const int LargestPiece = 200 * 1024;
    private const int LargestBatch = 200 * 1024;
    private const int MaxRefusals = 40;

    // What one host's attempt may leave in the store. A hundred megabytes pass; a script that floods is cut and told so.
    private const long MaxOutput = 128 * 1024 * 1024;
    private static readonly TimeSpan s_retry = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan s_moment = TimeSpan.FromMilliseconds(2);
    private readonly AgentContext _agent;
    private readonly string _runId;
    private readonly int _attempt;
    private readonly ConcurrentDictionary<string, long> _written = new(StringComparer.Ordinal);
    private readonly string _driverId;
    private readonly string _writer;
    private readonly ILogger _logger;
    private readonly CancellationToken _giveUp;
    private readonly Channel<(ResultItem Item, ReadOnlyMemory<byte> Data)> _queue =
        Channel.CreateBounded<(ResultItem, ReadOnlyMemory<byte>)>(new BoundedChannelOptions(256) { SingleReader = true });

    private readonly Task _loop;
    private (ResultItem Item, ReadOnlyMemory<byte> Data)? _held;
    private long _sequence;
    private int _running;
    private int _unpublished;
    private readonly TaskCompletionSource _allEnded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _closed = new();

    /// <summary>Starts to publish for some hosts; each is to get one end.</summary>
    public RunPublisher(AgentContext agent, RunCommand command, string writer, int hosts, ILogger logger, CancellationToken giveUp)
    {
        _running = _unpublished = hosts;
        _agent = agent;
        _runId = command.RunId;
        _attempt = command.Attempt;
        _driverId = command.DriverId;
        _writer = writer;
        _logger = logger;
        _giveUp = giveUp;
        _loop = Task.Run(PublishAsync, CancellationToken.None);
    }

    /// <summary>Cancelled when nobody takes results of this run any more.</summary>
    public CancellationToken Closed => _closed.Token;

    /// <summary>Queues stream records. Waits while the store is behind, which is how output is throttled.</summary>
    /// <param name="host">Key of the host.</param>
    /// <param name="kind">What they are.</param>
    /// <param name="borrowed">Their data, valid during the call.</param>
    public async ValueTask WriteAsync(string host, RecordKind kind, ReadOnlyMemory<byte> borrowed)
    {
        if (_written.AddOrUpdate(host, borrowed.Length, (_, before) => before + borrowed.Length) > MaxOutput)
        {
            return;
        }

        ReadOnlyMemory<byte> data = borrowed.ToArray();
        while (data.Length > LargestPiece)
        {
            await _queue.Writer.WriteAsync((new ResultItem(host, kind, LargestPiece, Partial: true, _attempt, null), data[..LargestPiece]));
            data = data[LargestPiece..];
        }

        await _queue.Writer.WriteAsync((new ResultItem(host, kind, data.Length, Partial: false, _attempt, null), data));
    }

    /// <summary>Queues a host's end, which tells how much was dropped.</summary>
    public async ValueTask EndAsync(string host, AttemptEnd end)
    {
        long written = _written.GetValueOrDefault(host);
        AttemptEnd whole = written > MaxOutput ? end with { OutputBytes = written, OutputLimit = MaxOutput } : end;
        await _queue.Writer.WriteAsync((new ResultItem(host, RecordKind.End, 0, Partial: false, _attempt, whole), default));
        if (Interlocked.Decrement(ref _running) == 0)
        {
            _allEnded.TrySetResult();
        }
    }

    /// <summary>Returns when everything queued is in the log, or cannot be any more.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _loop;
        _closed.Dispose();
    }

    private async Task PublishAsync()
    {
        while (_held is not null || await _queue.Reader.WaitToReadAsync())
        {
            List<ResultItem> items = [];
            List<ReadOnlyMemory<byte>> data = [];
            Gather(items, data);
            if (_held is null && Ends(items) is > 0 and int ends && ends < _unpublished)
            {
                await Task.WhenAny(_allEnded.Task, Task.Delay(s_moment, _agent.Clock, CancellationToken.None));
                Gather(items, data);
            }

            _unpublished -= Ends(items);
            if (!_closed.IsCancellationRequested)
            {
                await AppendAsync(items, data);
            }
        }
    }

    private void Gather(List<ResultItem> items, List<ReadOnlyMemory<byte>> data)
    {
        int size = items.Sum(SizeOf) + data.Sum(piece => piece.Length);
        while (Next() is { } next)
        {
            if (items.Count > 0 && size + next.Data.Length > LargestBatch)
            {
                _held = next;
                return;
            }

            items.Add(next.Item);
            data.Add(next.Data);
            size += next.Data.Length + SizeOf(next.Item);
        }
    }

    private static int Ends(List<ResultItem> items) => items.Count(item => item.End is not null);

    // Its share of the head: evidence is escaped JSON, at most six bytes a character.
    private static int SizeOf(ResultItem item) => 256 + item.Host.Length + ((item.End?.Evidence.Length ?? 0) * 6);

    private (ResultItem Item, ReadOnlyMemory<byte> Data)? Next()
    {
        if (_held is { } held)
        {
            _held = null;
            return held;
        }

        return _queue.Reader.TryRead(out (ResultItem Item, ReadOnlyMemory<byte> Data) next) ? next : null;
    }

    private async Task AppendAsync(List<ResultItem> items, List<ReadOnlyMemory<byte>> data)
    {
        ResultHeader header = new()
        {
            Fleet = _agent.Store.Fleet,
            RunId = _runId,
            Writer = _writer,
            Sequence = ++_sequence,
            Items = items,
        };
        byte[] entry = _agent.Signer.Sign(EnvelopeType.Result, ResultBatch.Encode(header, data));
        LogEnd[] ended = [.. items.Where(item => item.End is not null).Select(item => new LogEnd(item.Host, item.Attempt, item.End!.Outcome))];
        LogAppend append = new(_runId, _writer, _agent.Incarnation, _sequence, entry, ended, _driverId);
        AppendStatus? status = await AppendWithRetryAsync(append);
        if (status is not (AppendStatus.Appended or AppendStatus.Duplicate))
        {
            // Nobody wants it any more (the run was let go of, or another incarnation answers for the hosts), or the store
            // does not take it: what still comes is dropped, and the script is stopped.
            LogClosed(_runId, status);
            await _closed.CancelAsync();
        }
    }

    // Null when it had to be given up.
    private async Task<AppendStatus?> AppendWithRetryAsync(LogAppend append)
    {
        for (int refusals = 0; refusals < MaxRefusals && !_giveUp.IsCancellationRequested;)
        {
            try
            {
                AppendStatus status = append.Ended.Count > 0
                    ? await _agent.Store.CompleteAsync(append, CancellationToken.None)
                    : await _agent.Store.ChunkAsync(append, CancellationToken.None);
                _agent.Trouble.Leave(this);
                return status;
            }
            catch (SlicePoolException exception)
            {
                // The same sequence again: the store drops it when the lost call did get through. A store that is away is
                // waited for; one that refuses (no memory, no right) is asked a while longer.
                _agent.Trouble.Meet(this, exception);
                refusals += exception.ErrorId == "StoreUnreachable" ? 0 : 1;
                await Task.Delay(s_retry, _agent.Clock, CancellationToken.None);
            }
        }

        _agent.Trouble.Leave(this);
        return null;
    }

    [LoggerMessage(201, LogLevel.Warning, "Run {Run} takes no more results: {Status}")]
    private partial void LogClosed(string run, AppendStatus? status);
}
