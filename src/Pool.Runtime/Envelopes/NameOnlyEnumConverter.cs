using System.Text.Json;
using System.Text.Json.Serialization;

namespace Eformer.Pool.Envelopes;

/// <summary>Reads and writes an enumeration by the names it has, exactly. The usual converter takes numbers, and lists of names, for values that nobody defined.</summary>
/// <typeparam name="T">The enumeration.</typeparam>
internal sealed class NameOnlyEnumConverter<T> : JsonConverter<T> where T : struct, Enum
{
    private static readonly Dictionary<string, T> s_byName = Enum.GetValues<T>().ToDictionary(value => value.ToString(), StringComparer.Ordinal);

    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && s_byName.TryGetValue(reader.GetString()!, out T value)
            ? value
            : throw new JsonException($"Not a name of {typeof(T).Name}.");

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}
