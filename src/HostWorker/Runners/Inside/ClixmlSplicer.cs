using System.Globalization;
using Eformer.Pool.HostWorker.Runners.Protocol;

namespace Eformer.Pool.HostWorker.Runners.Inside;

/// <summary>Takes objects out of documents of their own into one common document.</summary>
/// <remarks>
/// The engine can only serialize whole documents, in which objects and type lists are numbered from 0. Here they get
/// numbers that are unique in the common document, and the indentation goes. Text never holds a raw line feed or angle
/// bracket in CLIXML, so tags and indentation can be told from text by looking at the next character alone.
/// </remarks>
internal sealed class ClixmlSplicer
{
    private const string RefAttribute = " RefId=\"";

    // 0 belongs to the list around all objects, and to its type names.
    private int _objects = 1;
    private int _types = 1;
    private int _lastObject;
    private int _lastType;

    /// <summary>Starts again, for the next document.</summary>
    public void Reset() => _objects = _types = 1;

    /// <summary>Writes the object that a document holds, without the document's own tags.</summary>
    public void Write(FrameBuffer target, ReadOnlySpan<char> document)
    {
        (_lastObject, _lastType) = (-1, -1);
        int start = document.IndexOf('>') + 1;
        int end = document.LastIndexOf("</Objs>", StringComparison.Ordinal);
        ReadOnlySpan<char> rest = document[start..end];
        while (!rest.IsEmpty)
        {
            rest = rest[WriteText(target, rest)..];
            rest = rest[WriteTag(target, rest)..];
        }

        _objects += _lastObject + 1;
        _types += _lastType + 1;
    }

    private static int WriteText(FrameBuffer target, ReadOnlySpan<char> rest)
    {
        int length = rest.IndexOf('<');
        length = length < 0 ? rest.Length : length;
        bool isIndentation = length > 0 && rest[0] is '\r' or '\n';
        if (length > 0 && !isIndentation)
        {
            target.Write(rest[..length]);
        }

        return length;
    }

    private int WriteTag(FrameBuffer target, ReadOnlySpan<char> rest)
    {
        int length = rest.IndexOf('>') + 1;
        ReadOnlySpan<char> tag = rest[..length];
        int at = tag.IndexOf(RefAttribute, StringComparison.Ordinal);
        if (at < 0)
        {
            target.Write(tag);
            return length;
        }

        int numberStart = at + RefAttribute.Length;
        int numberLength = tag[numberStart..].IndexOf('"');
        int number = int.Parse(tag.Slice(numberStart, numberLength), NumberStyles.None, CultureInfo.InvariantCulture);
        target.Write(tag[..numberStart]);
        WriteNumber(target, Renumber(number, isType: tag.StartsWith("<TN", StringComparison.Ordinal)));
        target.Write(tag[(numberStart + numberLength)..]);
        return length;
    }

    private int Renumber(int number, bool isType)
    {
        if (isType)
        {
            _lastType = Math.Max(_lastType, number);
            return _types + number;
        }

        _lastObject = Math.Max(_lastObject, number);
        return _objects + number;
    }

    private static void WriteNumber(FrameBuffer target, int number)
    {
        Span<char> digits = stackalloc char[11];
        number.TryFormat(digits, out int length, default, CultureInfo.InvariantCulture);
        target.Write(digits[..length]);
    }
}
