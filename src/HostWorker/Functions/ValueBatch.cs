using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Eformer.Pool.Functions;
using Eformer.Pool.Payloads;

namespace Eformer.Pool.HostWorker.Functions;

/// <summary>Gathers values as <see cref="ValueRecord"/> reads them. Thread-safe; one at a time takes what was gathered.</summary>
/// <param name="what">What they are, for messages.</param>
internal sealed class ValueBatch(string what)
{
    // A value is no larger on its way back than arguments are on their way there.
    private const int MaxValue = ScriptPayload.MaxLength;
    private const int FirstSize = 256;
    private const byte LineFeed = (byte)'\n';
    private static readonly JsonDocumentOptions s_reading = new() { MaxDepth = RemoteJson.MaxDepth };

    private readonly Lock _gate = new();
    private readonly ArrayBufferWriter<byte> _value = new(FirstSize);
    private ArrayBufferWriter<byte> _filling = new(FirstSize);
    private ArrayBufferWriter<byte>? _taken;
    private int _count;

    /// <summary>Adds a value.</summary>
    /// <param name="value">The value.</param>
    /// <param name="info">How it is written.</param>
    /// <param name="alone">Whether those before it are forgotten.</param>
    /// <returns>How many there are now, and how many bytes they are.</returns>
    /// <exception cref="SlicePoolException"><c>PayloadInvalid</c>, <c>PayloadTooLarge</c>; those before it are still there.</exception>
    public (int Count, int Bytes) Add<T>(T value, JsonTypeInfo<T> info, bool alone = false)
    {
        lock (_gate)
        {
            Write(value, info);
            if (alone)
            {
                Clear();
            }

            _filling.Write([_count == 0 ? RemoteCall.Json : LineFeed]);
            _filling.Write(_value.WrittenSpan);
            return (++_count, _filling.WrittenCount);
        }
    }

    /// <summary>Takes what was gathered; the bytes are valid until the next call.</summary>
    public (int Count, ReadOnlyMemory<byte> Bytes) Take()
    {
        lock (_gate)
        {
            int count = _count;
            if (count == 0)
            {
                return default;
            }

            ArrayBufferWriter<byte> taken = _filling;
            (_taken, _filling) = (taken, _taken ?? new ArrayBufferWriter<byte>(FirstSize));
            Clear();
            return (count, taken.WrittenMemory);
        }
    }

    private void Clear()
    {
        _filling.ResetWrittenCount();
        _count = 0;
    }

    // Apart from the others, so that one that fails halfway leaves nothing.
    private void Write<T>(T value, JsonTypeInfo<T> info)
    {
        try
        {
            WriteJson(writer => JsonSerializer.Serialize(writer, value, info));
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException or InvalidOperationException or NotSupportedException)
        {
            throw CallErrors.Unwritable(what, exception);
        }

        if (_value.WrittenCount > MaxValue)
        {
            throw CallErrors.TooLarge(what, _value.WrittenCount, MaxValue);
        }

        if (_value.WrittenSpan.Contains(LineFeed))
        {
            // A converter of the user's may write text as it likes; values are told apart by lines.
            using JsonDocument document = JsonDocument.Parse(_value.WrittenSpan.ToArray(), s_reading);
            WriteJson(document.RootElement.WriteTo);
        }
    }

    private void WriteJson(Action<Utf8JsonWriter> write)
    {
        _value.ResetWrittenCount();
        using Utf8JsonWriter writer = new(_value, RemoteJson.WriterOptions);
        write(writer);
    }
}
