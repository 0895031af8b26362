using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Eformer.Pool.Functions;

/// <summary>Values on their way from a host: a byte that says how, then JSON texts, one on each line.</summary>
public static class ValueRecord
{
    private const byte LineFeed = (byte)'\n';

    /// <summary>Reads all values of a record.</summary>
    /// <exception cref="JsonException">One of them is not of the type, or the record is none.</exception>
    public static IReadOnlyList<T> Read<T>(ReadOnlySpan<byte> data, JsonTypeInfo<T> info)
    {
        List<T> values = [];
        foreach (Range line in Lines(ref data))
        {
            values.Add(JsonSerializer.Deserialize(data[line], info)!);
        }

        return values;
    }

    /// <summary>The JSON texts of a record.</summary>
    /// <exception cref="JsonException">The record is none.</exception>
    public static IReadOnlyList<Range> Lines(ref ReadOnlySpan<byte> data)
    {
        if (data.IsEmpty || data[0] != RemoteCall.Json)
        {
            throw new JsonException("The record is in no form that is known here.");
        }

        data = data[1..];
        List<Range> lines = [];
        int start = 0;
        while (start < data.Length)
        {
            int length = data[start..].IndexOf(LineFeed);
            int end = length < 0 ? data.Length : start + length;
            lines.Add(start..end);
            start = end + 1;
        }

        return lines;
    }
}
