using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Eformer.Pool.Envelopes;

/// <summary>Reads and writes what stands in envelopes: strict, so unknown, missing or doubled members are refused.</summary>
public static class WireJson
{
    private static readonly JsonSerializerOptions s_options = new(JsonSerializerOptions.Strict)
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        MaxDepth = 16,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new NameOnlyEnumConverter<Isolation>(), new NameOnlyEnumConverter<RecordKind>(), new NameOnlyEnumConverter<RunOutcome>() },
        TypeInfoResolver = WireJsonContext.Default,
    };

    /// <summary>The bytes of a message.</summary>
    public static byte[] Write<T>(T message) => JsonSerializer.SerializeToUtf8Bytes(message, TypeInfo<T>());

    /// <summary>Reads a message.</summary>
    /// <returns>Null for anything that is not exactly of the form.</returns>
    public static T? TryRead<T>(ReadOnlySpan<byte> bytes) where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(bytes, TypeInfo<T>());
        }
        catch (JsonException)
        {
            // Anybody may have written it; the caller counts and refuses it.
            return null;
        }
    }

    private static JsonTypeInfo<T> TypeInfo<T>() => (JsonTypeInfo<T>)s_options.GetTypeInfo(typeof(T));
}
