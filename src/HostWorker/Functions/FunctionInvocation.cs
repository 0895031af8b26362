using System.Runtime.ExceptionServices;
using System.Text.Json.Serialization.Metadata;
using Eformer.Pool.Functions;

namespace Eformer.Pool.HostWorker.Functions;

/// <summary>What a function gives goes out as records, in order; what it reports, at most ten times a second and never without the last.</summary>
/// <remarks>
/// Items of a stream wait for others to share a record with: until there are 256, or 64 KiB, or the oldest is 5 ms old. A sink that falls
/// behind holds the function up. Thread-safe.
/// </remarks>
internal sealed class FunctionInvocation : RemoteInvocation, IAsyncDisposable
{
    private const int MaxItems = 256;
    private const int MaxBytes = 64 * 1024;
    private static readonly TimeSpan s_maxAge = TimeSpan.FromMilliseconds(5);

    private readonly RecordSink _sink;
    private readonly TimeProvider _clock;
    private readonly bool _isStream;
    private readonly SemaphoreSlim _sending = new(1, 1);
    private readonly ValueBatch _values;
    private readonly Lock _gate = new();
    private ReportBox? _reports;
    private ITimer? _itemTimer;
    private ITimer? _reportTimer;
    private Exception? _failure;
    private volatile bool _closed;

    /// <summary>Makes the invocation of one call.</summary>
    /// <param name="request">The function.</param>
    /// <param name="host">Where it runs.</param>
    /// <param name="sink">Takes the records, one at a time.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="stop">Cancelled when it is to stop.</param>
    public FunctionInvocation(RemoteRequest request, HostContext host, RecordSink sink, TimeProvider clock, CancellationToken stop)
    {
        (_isStream, Host, _sink, _clock, Stop) = (request.IsStream, host, sink, clock, stop);
        _values = new ValueBatch($"{(_isStream ? "An item" : "The result")} of '{request.Contract.Name}'");
    }

    /// <summary>How many values have gone out.</summary>
    public long Sent { get; private set; }

    /// <inheritdoc/>
    public override HostContext Host { get; }

    /// <inheritdoc/>
    public override CancellationToken Stop { get; }

    /// <inheritdoc/>
    public override IProgress<T> Progress<T>(JsonTypeInfo<T> info)
    {
        lock (_gate)
        {
            _reports ??= new ReportBox(_clock, due => Schedule(ref _reportTimer, due, withReport: true));
            return new Reporter<T>(_reports, info);
        }
    }

    /// <inheritdoc/>
    public override ValueTask GiveAsync<T>(T value, JsonTypeInfo<T> info)
    {
        if (_isStream || _closed)
        {
            // A stream that does not look at its token ends here. The result of what had ended by itself is still good.
            Stop.ThrowIfCancellationRequested();
        }

        (int count, int bytes) = _values.Add(value, info);
        if (count == 1 && _isStream)
        {
            Schedule(ref _itemTimer, s_maxAge, withReport: false);
        }

        return _isStream && (count >= MaxItems || bytes >= MaxBytes) ? FlushAsync(withReport: false) : default;
    }

    /// <summary>Sends what waits, and what the function threw.</summary>
    /// <param name="thrown">What that is; null for nothing.</param>
    public async ValueTask EndAsync(Exception? thrown)
    {
        await FlushAsync(withReport: true).ConfigureAwait(false);
        await DisposeAsync().ConfigureAwait(false);
        if (_failure is not null)
        {
            ExceptionDispatchInfo.Throw(_failure);
        }

        if (thrown is not null)
        {
            await _sink(RecordKind.Fault, 1, RemoteFault.Of(thrown).Write()).ConfigureAwait(false);
        }
    }

    /// <summary>Takes no more. When it returns nothing is on its way.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            _closed = true;
            _itemTimer?.Dispose();
            _reportTimer?.Dispose();
        }

        // It is not disposed of: what does not heed its stop may still come here, and be sent away.
        await _sending.WaitAsync().ConfigureAwait(false);
        _sending.Release();
    }

    private void Schedule(ref ITimer? timer, TimeSpan due, bool withReport)
    {
        lock (_gate)
        {
            if (!_closed)
            {
                timer ??= _clock.CreateTimer(_ => _ = FlushLaterAsync(withReport), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
                timer.Change(due, Timeout.InfiniteTimeSpan);
            }
        }
    }

    // On a timer nobody waits for it: what goes wrong is told at the end.
    private async Task FlushLaterAsync(bool withReport)
    {
        try
        {
            await FlushAsync(withReport).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            _failure ??= exception;
        }
    }

    private async ValueTask FlushAsync(bool withReport)
    {
        await _sending.WaitAsync().ConfigureAwait(false);
        try
        {
            if (!_closed)
            {
                (int count, ReadOnlyMemory<byte> values) = _values.Take();
                await SendAsync(RecordKind.Value, count, values).ConfigureAwait(false);
                Sent += count;
                (int reports, ReadOnlyMemory<byte> report) = withReport && _reports is { } box ? box.Take() : default;
                await SendAsync(RecordKind.Report, reports, report).ConfigureAwait(false);
            }
        }
        finally
        {
            _sending.Release();
        }
    }

    private ValueTask SendAsync(RecordKind kind, int count, ReadOnlyMemory<byte> data) => count > 0 ? _sink(kind, count, data) : default;
}
