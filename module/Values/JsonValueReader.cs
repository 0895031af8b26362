using System.Collections;
using System.Text.Json;
using Eformer.Pool.Functions;

namespace Eformer.Pool.Module.Values;

/// <summary>Reads values whose .NET type is not known here: as objects with the properties that they have.</summary>
internal sealed class JsonValueReader : IValueReader
{
    private JsonValueReader() { }

    /// <summary>The only one.</summary>
    public static JsonValueReader Instance { get; } = new();

    /// <inheritdoc/>
    public string Activity => "Remote function";

    /// <inheritdoc/>
    public IList Read(RunRecord record) => ValueItems.Read(record.Host, () => Texts(record.Data).Select(PowerShellJson.Of));

    /// <summary>The JSON values of a record.</summary>
    /// <exception cref="JsonException">It holds something else.</exception>
    internal static IReadOnlyList<JsonElement> Texts(ReadOnlyMemory<byte> data)
    {
        ReadOnlySpan<byte> rest = data.Span;
        List<JsonElement> texts = [];
        foreach (Range line in ValueRecord.Lines(ref rest))
        {
            Utf8JsonReader reader = new(rest[line], RemoteJson.ReaderOptions);
            texts.Add(JsonElement.ParseValue(ref reader));
        }

        return texts;
    }
}
