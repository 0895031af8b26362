using System.Buffers.Binary;
using System.Text;

namespace Eformer.Pool.HostWorker.Runners.Protocol;

/// <summary>Reads the fields of a frame's body. Strict: every field must be there, whole, and nothing behind the last.</summary>
/// <remarks>
/// Fields are: text as i32 length in bytes (-1 for null) and UTF-8; bytes as i32 length and those; i32 little-endian; truth as one byte 0 or 1.
/// Both sides are the same build, so fields need no names. JSON would cost every runner 20 ms of CPU at its start.
/// </remarks>
internal ref struct BodyReader(Frame frame)
{
    private static readonly UTF8Encoding s_strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private ReadOnlySpan<byte> _rest = frame.Body.Span;

    /// <summary>Checks that the frame is of a type.</summary>
    /// <exception cref="ProtocolException">It is of another.</exception>
    public readonly void Expect(FrameType type)
    {
        if (frame.Type != type)
        {
            throw new ProtocolException($"Expected a {type} frame but got {frame.Type}.");
        }
    }

    /// <summary>Reads a text that may be null.</summary>
    public string? ReadOptionalText()
    {
        int length = ReadInt();
        if (length < -1)
        {
            throw Invalid("a negative length");
        }

        return length < 0 ? null : Decode(Take(length));
    }

    /// <summary>Reads a text.</summary>
    public string ReadText() => ReadOptionalText() ?? throw Invalid("null where a text must be");

    /// <summary>Reads a number.</summary>
    public int ReadInt() => BinaryPrimitives.ReadInt32LittleEndian(Take(sizeof(int)));

    /// <summary>Reads a number that is no less than 0.</summary>
    public int ReadCount() => ReadInt() is >= 0 and var count ? count : throw Invalid("a negative count");

    /// <summary>Reads a truth.</summary>
    public bool ReadTruth() => Take(1)[0] switch
    {
        0 => false,
        1 => true,
        byte other => throw Invalid($"{other} where 0 or 1 must be"),
    };

    /// <summary>Reads bytes; a copy.</summary>
    public byte[] ReadBytes() => Take(ReadCount()).ToArray();

    /// <summary>Reads texts.</summary>
    public IReadOnlyList<string> ReadTexts()
    {
        List<string> texts = [];
        for (int left = ReadCount(); left > 0; left--)
        {
            texts.Add(ReadText());
        }

        return texts;
    }

    /// <summary>Reads named texts.</summary>
    public IReadOnlyDictionary<string, string> ReadNamedTexts()
    {
        Dictionary<string, string> texts = [];
        for (int left = ReadCount(); left > 0; left--)
        {
            texts[ReadText()] = ReadText();
        }

        return texts;
    }

    /// <summary>Checks that nothing is left.</summary>
    public readonly void End()
    {
        if (!_rest.IsEmpty)
        {
            throw Invalid($"{_rest.Length} bytes too many");
        }
    }

    private ReadOnlySpan<byte> Take(int length)
    {
        if (length > _rest.Length)
        {
            throw Invalid("too few bytes");
        }

        ReadOnlySpan<byte> taken = _rest[..length];
        _rest = _rest[length..];
        return taken;
    }

    private readonly string Decode(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return s_strict.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            throw Invalid("text that is no UTF-8");
        }
    }

    private readonly ProtocolException Invalid(string what) => new($"The body of a {frame.Type} frame holds {what}.");
}
