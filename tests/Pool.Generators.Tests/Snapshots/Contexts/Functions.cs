using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Acme;

public sealed record Item
{
    public int ItemCount { get; init; }

    [JsonPropertyName("the name")]
    public required string Name { get; init; }

    [JsonIgnore]
    public Action? Ignored { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
internal sealed class My_Json : JsonSerializerContext
{
    private My_Json() : base(null) { }

    public static My_Json Default { get; } = new();

    protected override JsonSerializerOptions? GeneratedSerializerOptions => null;

    public override JsonTypeInfo? GetTypeInfo(Type type) => null;
}

internal static partial class Contexts
{
    [RemoteFunction(JsonContext = typeof(My_Json))]
    public static Item Same(Item item, int times) => item;

    [RemoteFunction]
    public static Item Other(Item item) => item;
}
