using System.Runtime.CompilerServices;
using Eformer.Pool.Envelopes;
using Eformer.Pool.Pools;
using Eformer.Pool.Store;

namespace Eformer.Pool.Runs.Collecting;

/// <summary>Reads a run's log as it grows: what rode in doorbells, what must be read, and of both only what is signed.</summary>
/// <remarks>Anybody who can publish may ring: a doorbell that lies costs a read and hides nothing. One reader; notices may come from any thread.</remarks>
internal sealed class RunLog(PoolSession session, string runId)
{
    private const int ReadLimit = 64;
    private readonly LogTail _tail = new();
    private readonly ResultReader _reader = new(session.Verifier, session.CommandVerifier, session.Store.Fleet, runId);

    /// <summary>Entries of the log that were refused, because their signature or content was wrong.</summary>
    public int Refused { get; private set; }

    /// <summary>Whether the store said, when it was last asked, that it has no such run.</summary>
    public bool IsGone { get; private set; }

    /// <summary>Whether it was once read to its end: whatever was in it when that began has been taken.</summary>
    public bool WasRead { get; private set; }

    /// <summary>Index of the entry that comes next: how far the log was read.</summary>
    public long Next => _tail.Next;

    public void Notice(LogNotice notice) => _tail.Notice(notice);

    /// <summary>Takes what there is.</summary>
    /// <param name="readLog">Whether to read the log even when no doorbell says that there is more.</param>
    /// <param name="cancellationToken">Stops it with an exception.</param>
    public async IAsyncEnumerable<(ResultItem Item, ReadOnlyMemory<byte> Data)> DrainAsync(
        bool readLog, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (_tail.TryTake(out ReadOnlyMemory<byte> entry))
        {
            if (_reader.Open(entry, out IReadOnlyList<ResultItem> items, out ReadOnlyMemory<byte>[] data) != RejectReason.None)
            {
                _tail.Refuse();
            }

            for (int i = 0; i < items.Count; i++)
            {
                yield return (items[i], data[i]);
            }
        }

        bool more = readLog || _tail.IsBehind;
        while (more)
        {
            IReadOnlyList<ReadOnlyMemory<byte>> entries = await ReadAsync(cancellationToken);
            foreach (ReadOnlyMemory<byte> entry in entries)
            {
                if (_reader.Open(entry, out IReadOnlyList<ResultItem> items, out ReadOnlyMemory<byte>[] data) != RejectReason.None)
                {
                    Refused++;
                }

                for (int i = 0; i < items.Count; i++)
                {
                    yield return (items[i], data[i]);
                }
            }

            // Nothing read ends it, whatever doorbells promise: the store is away, or they lie. The next poll looks again.
            more = entries.Count == ReadLimit || (entries.Count > 0 && _tail.IsBehind);
        }
    }

    private async Task<IReadOnlyList<ReadOnlyMemory<byte>>> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            IReadOnlyList<ReadOnlyMemory<byte>>? entries = await session.Store.ReadLogAsync(runId, _tail.Next, ReadLimit, cancellationToken);
            IsGone = entries is null;
            WasRead |= (entries?.Count ?? 0) < ReadLimit;
            _tail.Read(entries?.Count ?? 0);
            return entries ?? [];
        }
        catch (SlicePoolException exception) when (exception.ErrorId == "StoreUnreachable")
        {
            // The store may come back with everything; leases decide how long it pays to wait.
            return [];
        }
    }
}
