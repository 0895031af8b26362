using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Eformer.Pool.Functions;

/// <summary>
/// How the types of remote functions are read and written. Generated code keeps one for each assembly, so that an assembly that is unloaded
/// takes with it what was learned of its types. Thread-safe.
/// </summary>
public sealed class RemoteJson
{
    /// <summary>How deep values may be nested: what System.Text.Json allows unless told otherwise.</summary>
    public const int MaxDepth = 64;

    private readonly JsonSerializerOptions _options;

    /// <summary>Makes one.</summary>
    /// <param name="context">A context of the user's that knows the types; null to read them by reflection. What it does not know is read so too.</param>
    public RemoteJson(JsonSerializerContext? context)
    {
        _options = context is null ? New() : new JsonSerializerOptions(context.Options);
        _options.MaxDepth = MaxDepth;
        DefaultJsonTypeInfoResolver reflection = new();
        _options.TypeInfoResolver = context is null ? reflection : JsonTypeInfoResolver.Combine(context, reflection);
        _options.MakeReadOnly();
    }

    /// <summary>How arguments and values are written. A text that is not Unicode throws <see cref="ArgumentException"/>, as a number that is not finite does.</summary>
    public static JsonWriterOptions WriterOptions { get; } = new() { Encoder = StrictEncoder.Instance, MaxDepth = MaxDepth };

    internal static JsonReaderOptions ReaderOptions { get; } = new() { MaxDepth = MaxDepth };

    /// <summary>How a type is read and written.</summary>
    /// <exception cref="NotSupportedException">It cannot be.</exception>
    public JsonTypeInfo<T> Of<T>() => (JsonTypeInfo<T>)_options.GetTypeInfo(typeof(T));

    /// <summary>As above, for a type that is known at run time only.</summary>
    internal JsonTypeInfo Of(Type type) => _options.GetTypeInfo(type);

    // By name, so that hosts and drivers of neighbouring versions understand each other: what one does not know is passed over, what must
    // be there and is not is an error. Enums travel by name for the same reason.
    private static JsonSerializerOptions New() => new()
    {
        Encoder = StrictEncoder.Instance,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        AllowDuplicateProperties = false,
        Converters = { new JsonStringEnumConverter() },
    };
}
