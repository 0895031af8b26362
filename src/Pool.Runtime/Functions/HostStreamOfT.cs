using Eformer.Pool.Functions;

namespace Eformer.Pool;

/// <summary>The items that hosts give of their streams, as they come: in order for each host. To be read once.</summary>
/// <remarks>
/// Hosts that fail do not end the others: <see cref="Results"/> tells of each. Whoever stops reading stops the run on its hosts.
/// </remarks>
/// <typeparam name="T">The items.</typeparam>
public sealed class HostStream<T> : IAsyncEnumerable<HostItem<T>>
{
    private readonly Func<CancellationToken, Task<RunHandle>> _start;
    private readonly RemoteRequest<T> _request;
    private readonly Func<RunRecord, SlicePoolException?>? _onReport;
    private readonly CancellationToken _cancellationToken;
    private HostResults<long>? _results;
    private int _read;

    internal HostStream(
        Func<CancellationToken, Task<RunHandle>> start, RemoteRequest<T> request, Func<RunRecord, SlicePoolException?>? onReport, CancellationToken cancellationToken)
    {
        _start = start;
        _request = request;
        _onReport = onReport;
        _cancellationToken = cancellationToken;
    }

    /// <summary>How each host ended, and how many items it gave; when all items were read.</summary>
    /// <exception cref="InvalidOperationException">They were not.</exception>
    public HostResults<long> Results => _results ?? throw new InvalidOperationException("The stream was not read to its end.");

    /// <inheritdoc/>
    public async IAsyncEnumerator<HostItem<T>> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        if (Interlocked.Exchange(ref _read, 1) != 0)
        {
            throw new InvalidOperationException("A stream of hosts can be read once; call the function again.");
        }

        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(_cancellationToken, cancellationToken);
        await using RunHandle run = await _start(either.Token);
        ValueGatherer<T> values = new(run, _request.ValueInfo, keep: false, _onReport);
        await foreach (RunRecord record in run.Records.ReadAllAsync(either.Token))
        {
            foreach (T item in values.Take(record))
            {
                yield return new HostItem<T>(record.Host, item);
            }
        }

        _results = values.Counts();
    }
}
