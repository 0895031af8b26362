using System.Buffers.Binary;
using System.Text;

namespace Eformer.Pool.HostWorker.Runners.Protocol;

/// <summary>Frames on their way out, one behind the other, so that several leave with one write. Not thread-safe.</summary>
internal sealed class FrameBuffer
{
    private const int UsualSize = 16 * 1024;
    private byte[] _buffer = new byte[UsualSize];
    private int _frameStart = -1;

    /// <summary>How many bytes are held, those of an unfinished frame among them.</summary>
    public int Length { get; private set; }

    /// <summary>Whether a frame has begun and not ended.</summary>
    public bool InFrame => _frameStart >= 0;

    /// <summary>All that is held.</summary>
    public ReadOnlyMemory<byte> Written => _buffer.AsMemory(0, Length);

    /// <summary>Starts a frame; its body follows by the writing methods.</summary>
    public void BeginFrame(FrameType type)
    {
        _frameStart = Length;
        GetSpan(Frame.HeaderLength)[sizeof(uint)] = (byte)type;
        Length += Frame.HeaderLength;
    }

    /// <summary>Ends the frame and fills in its length.</summary>
    /// <exception cref="ProtocolException">It became longer than a frame may be. It is dropped.</exception>
    public void EndFrame()
    {
        int start = _frameStart;
        _frameStart = -1;
        uint length = (uint)(Length - start - sizeof(uint));
        if (length > Frame.MaxLength)
        {
            Length = start;
            throw new ProtocolException($"A frame of {length} bytes is longer than {Frame.MaxLength}.");
        }

        BinaryPrimitives.WriteUInt32LittleEndian(_buffer.AsSpan(start), length);
    }

    /// <summary>Adds bytes to the body.</summary>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(GetSpan(bytes.Length));
        Length += bytes.Length;
    }

    /// <summary>Adds a field: a text, or null.</summary>
    public void WriteText(string? text)
    {
        WriteInt(text is null ? -1 : Encoding.UTF8.GetByteCount(text));
        Write(text.AsSpan());
    }

    /// <summary>Adds a field: a number.</summary>
    public void WriteInt(int number)
    {
        BinaryPrimitives.WriteInt32LittleEndian(GetSpan(sizeof(int)), number);
        Length += sizeof(int);
    }

    /// <summary>Adds a field: a truth.</summary>
    public void WriteTruth(bool truth) => Write([truth ? (byte)1 : (byte)0]);

    /// <summary>Adds a field: bytes.</summary>
    public void WriteBytes(ReadOnlySpan<byte> bytes)
    {
        WriteInt(bytes.Length);
        Write(bytes);
    }

    /// <summary>Adds a field: texts.</summary>
    public void WriteTexts(IReadOnlyList<string> texts)
    {
        WriteInt(texts.Count);
        foreach (string text in texts)
        {
            WriteText(text);
        }
    }

    /// <summary>Adds a field: named texts.</summary>
    public void WriteNamedTexts(IReadOnlyDictionary<string, string> texts)
    {
        WriteInt(texts.Count);
        foreach ((string name, string text) in texts)
        {
            WriteText(name);
            WriteText(text);
        }
    }

    /// <summary>Adds a frame without a body.</summary>
    public void WriteFrame(FrameType type)
    {
        BeginFrame(type);
        EndFrame();
    }

    /// <summary>Adds text to the body, as UTF-8.</summary>
    public void Write(ReadOnlySpan<char> text) =>
        Length += Encoding.UTF8.GetBytes(text, GetSpan(Encoding.UTF8.GetMaxByteCount(text.Length)));

    /// <summary>Forgets everything held.</summary>
    public void Clear()
    {
        Length = 0;
        _frameStart = -1;
        _buffer = _buffer.Length > 64 * UsualSize ? new byte[UsualSize] : _buffer;
    }

    private Span<byte> GetSpan(int count)
    {
        int needed = checked(Length + count);
        if (needed > _buffer.Length)
        {
            Array.Resize(ref _buffer, Math.Max(needed, _buffer.Length * 2));
        }

        return _buffer.AsSpan(Length);
    }
}
