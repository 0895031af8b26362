using System.Globalization;
using System.Management.Automation;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Eformer.Pool.Functions;

namespace Eformer.Pool.Module.Values;

/// <summary>Makes objects of .NET types from what users write in PowerShell: by way of JSON, so that the rules are those of the wire.</summary>
internal static class ArgumentBinder
{
    private static readonly RemoteJson s_json = new(context: null);

    /// <summary>The object; null for null.</summary>
    /// <exception cref="ArgumentBindingException">A name or a value does not fit; it is named.</exception>
    public static object? Bind(object? value, Type type)
    {
        object? plain = Plain(value);
        if (plain is null || type.IsInstanceOfType(plain))
        {
            return plain;
        }

        JsonTypeInfo info = Info(type);
        JsonNode? json = Write(value, info, new MemberPath(""));
        try
        {
            return json.Deserialize(info);
        }
        catch (Exception failure) when (failure is JsonException or NotSupportedException or ArgumentException or InvalidOperationException)
        {
            throw new ArgumentBindingException($"It is no {type.Name}: {failure.Message}", failure);
        }
    }

    private static JsonNode? Write(object? value, JsonTypeInfo info, MemberPath path)
    {
        object? plain = Plain(value);
        if (plain is null)
        {
            return null;
        }

        return info.Kind switch
        {
            _ when info.Type.IsInstanceOfType(plain) => Node(plain, info, path),
            JsonTypeInfoKind.Object => Object(NamedMembers.Of(value!, path), info, path),
            JsonTypeInfoKind.Dictionary => Map(NamedMembers.Of(value!, path), info, path),
            JsonTypeInfoKind.Enumerable => List(plain, info, path),
            _ => Scalar(plain, info, path),
        };
    }

    private static JsonObject Object(IEnumerable<KeyValuePair<string, object?>> members, JsonTypeInfo info, MemberPath path)
    {
        JsonObject made = [];
        foreach ((string name, object? value) in members)
        {
            JsonPropertyInfo property = TypeMembers.Find(info, name)
                ?? throw path.Error($"{info.Type.Name} has no '{name}'; it has {TypeMembers.List(info)}");
            if (!made.TryAdd(property.Name, Write(value, Info(property.PropertyType), path.Member(name))))
            {
                throw path.Error($"'{name}' is there twice");
            }
        }

        return made;
    }

    private static JsonObject Map(IEnumerable<KeyValuePair<string, object?>> members, JsonTypeInfo info, MemberPath path)
    {
        JsonTypeInfo values = Info(info.ElementType!);
        return new(members.Select(member => KeyValuePair.Create(member.Key, Write(member.Value, values, path.Member(member.Key)))));
    }

    // One that is alone is a list of one, as everywhere in PowerShell.
    private static JsonArray List(object plain, JsonTypeInfo info, MemberPath path)
    {
        JsonTypeInfo items = Info(info.ElementType!);
        IEnumerable<object?> list = LanguagePrimitives.GetEnumerable(plain)?.Cast<object?>() ?? [plain];
        return [.. list.Select((item, index) => Write(item, items, path.Item(index)))];
    }

    private static JsonNode? Scalar(object plain, JsonTypeInfo info, MemberPath path)
    {
        try
        {
            return Node(LanguagePrimitives.ConvertTo(plain, info.Type, CultureInfo.InvariantCulture), info, path);
        }
        catch (PSInvalidCastException failure)
        {
            throw path.Error(failure.Message.TrimEnd('.'), failure);
        }
    }

    private static JsonNode? Node(object value, JsonTypeInfo info, MemberPath path)
    {
        try
        {
            return JsonSerializer.SerializeToNode(value, info);
        }
        catch (Exception failure) when (failure is JsonException or NotSupportedException or ArgumentException or InvalidOperationException)
        {
            throw path.Error(failure.Message.TrimEnd('.'), failure);
        }
    }

    private static JsonTypeInfo Info(Type type) => s_json.Of(Nullable.GetUnderlyingType(type) ?? type);

    private static object? Plain(object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;
}
