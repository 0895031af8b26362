using Eformer.Pool.HostWorker.Runners.Protocol;

namespace Eformer.Pool.HostWorker.Runners.Inside;

/// <summary>Everything a runner sends, in the order in which it was given. Thread-safe.</summary>
/// <remarks>
/// Records wait for others to share a document and a write with: until there are 256, or 200 KiB, or the oldest is 5 ms
/// old, or a frame of another kind goes out. Sending blocks, so a reader that falls behind slows the script down instead
/// of filling memory.
/// </remarks>
internal sealed class RunnerOutbox : IDisposable
{
    private const int MaxObjects = 256;
    private const int MaxBytes = 200 * 1024;
    private static readonly TimeSpan s_maxAge = TimeSpan.FromMilliseconds(5);

    private readonly Lock _gate = new();
    private readonly FrameBuffer _buffer = new();
    private readonly ClixmlSplicer _splicer = new();
    private readonly Action<ReadOnlyMemory<byte>> _send;
    private readonly ITimer _timer;
    private RecordKind _kind;
    private int _inRecord;
    private int _objects;
    private ProgressBody? _progress;

    /// <summary>Makes an outbox that gives what is ready to <paramref name="send"/>.</summary>
    public RunnerOutbox(Action<ReadOnlyMemory<byte>> send, TimeProvider clock)
    {
        _send = send;
        _timer = clock.CreateTimer(static self => ((RunnerOutbox)self!).Flush(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Adds an object to a stream.</summary>
    /// <param name="kind">Which stream.</param>
    /// <param name="value">The object.</param>
    /// <param name="depth">How many levels of its properties are kept.</param>
    public void Add(RecordKind kind, object? value, int depth = ClixmlBatch.Depth)
    {
        string? primitive = ClixmlBatch.TryWritePrimitive(value);
        // Not under the lock: it may run the script's own properties.
        string? document = primitive is null ? ClixmlBatch.Serialize(value, depth) : null;
        lock (_gate)
        {
            OpenRecord(kind);
            if (primitive is not null)
            {
                _buffer.Write(primitive);
            }
            else
            {
                _splicer.Write(_buffer, document);
            }

            Count();
        }
    }

    /// <summary>Says, behind the progress records that wait, what they have come to.</summary>
    public void Note(RunProgress? progress)
    {
        lock (_gate)
        {
            _progress = new ProgressBody(progress);
        }
    }

    /// <summary>Sends all that waits, then a frame without a body, in one write.</summary>
    public void Send(FrameType type) => Send(buffer => buffer.WriteFrame(type));

    /// <summary>Sends all that waits, then the frame that is written here, in one write.</summary>
    public void Send(Action<FrameBuffer> frame)
    {
        lock (_gate)
        {
            CloseRecord();
            frame(_buffer);
            SendAll();
        }
    }

    /// <summary>Sends all that waits.</summary>
    public void Flush()
    {
        lock (_gate)
        {
            CloseRecord();
            SendAll();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _timer.Dispose();

    private void OpenRecord(RecordKind kind)
    {
        if (_buffer.InFrame && _kind == kind)
        {
            return;
        }

        CloseRecord();
        _kind = kind;
        _inRecord = 0;
        _buffer.BeginFrame(FrameType.Record);
        _buffer.Write([(byte)kind]);
        ClixmlBatch.Begin(_buffer);
    }

    private void CloseRecord()
    {
        if (_buffer.InFrame)
        {
            ClixmlBatch.End(_buffer);
            _buffer.WriteInt(_inRecord);
            _buffer.EndFrame();
            _splicer.Reset();
            _progress?.Write(_buffer);
            _progress = null;
        }
    }

    private void Count()
    {
        _inRecord++;
        if (++_objects == 1)
        {
            _timer.Change(s_maxAge, Timeout.InfiniteTimeSpan);
        }

        if (_objects >= MaxObjects || _buffer.Length >= MaxBytes)
        {
            CloseRecord();
            SendAll();
        }
    }

    private void SendAll()
    {
        if (_buffer.Length > 0)
        {
            _send(_buffer.Written);
            _buffer.Clear();
            _objects = 0;
        }
    }
}
