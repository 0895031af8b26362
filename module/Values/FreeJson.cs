using System.Collections;
using System.Management.Automation;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Eformer.Pool.Functions;

namespace Eformer.Pool.Module.Values;

/// <summary>Makes JSON of PowerShell values where a function takes any: the opposite of <see cref="PowerShellJson"/>.</summary>
internal static class FreeJson
{
    private static readonly RemoteJson s_json = new(context: null);

    /// <summary>Whether a type stands for JSON as it is.</summary>
    public static bool Is(Type type) => type == typeof(JsonElement) || type == typeof(JsonDocument) || typeof(JsonNode).IsAssignableFrom(type);

    /// <summary>The JSON: objects of tables and objects with properties, lists of lists, and what System.Text.Json writes of single values.</summary>
    /// <exception cref="ArgumentBindingException">There is a value in it that cannot be written.</exception>
    public static JsonNode? Of(object? value, MemberPath path) => (value is PSObject wrapped ? wrapped.BaseObject : value) switch
    {
        null => null,
        JsonNode node => node.DeepClone(),
        byte[] bytes => Convert.ToBase64String(bytes),
        SwitchParameter given => given.ToBool(),
        IDictionary or PSCustomObject => Object(NamedMembers.Of(value!, path), path),
        { } plain when LanguagePrimitives.GetEnumerable(plain) is { } items => new JsonArray(
            [.. items.Cast<object?>().Select((item, index) => Of(item, path.Item(index)))]),
        { } plain => Single(plain, path),
    };

    private static JsonObject Object(IEnumerable<KeyValuePair<string, object?>> members, MemberPath path)
    {
        JsonObject made = [];
        foreach ((string name, object? value) in members)
        {
            if (!made.TryAdd(name, Of(value, path.Member(name))))
            {
                throw path.Error($"'{name}' is there twice");
            }
        }

        return made;
    }

    private static JsonNode? Single(object value, MemberPath path)
    {
        JsonTypeInfo info = s_json.Of(value.GetType());
        try
        {
            return info.Kind == JsonTypeInfoKind.None
                ? JsonSerializer.SerializeToNode(value, info)
                : throw path.Error($"it takes tables, objects with properties, lists, texts, numbers and the like, and got {value.GetType().Name}");
        }
        catch (Exception failure) when (failure is JsonException or NotSupportedException or ArgumentException or InvalidOperationException)
        {
            throw path.Error(failure.Message.TrimEnd('.'), failure);
        }
    }
}
