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
    private const string NoNull = "it cannot be $null";

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

        JsonNode? json = Write(value, type, new MemberPath(""));
        try
        {
            return json.Deserialize(Info(type));
        }
        catch (Exception failure) when (failure is JsonException or NotSupportedException or ArgumentException or InvalidOperationException)
        {
            throw new ArgumentBindingException($"It is no {type.Name}: {WithoutPosition(failure.Message)}", failure);
        }
    }

    // Users wrote no JSON: where in it something is means nothing to them.
    private static string WithoutPosition(string message)
    {
        int position = message.IndexOf(" | LineNumber: ", StringComparison.Ordinal);
        return position < 0 ? message : message[..position] + ".";
    }

    private static JsonNode? Write(object? value, Type type, MemberPath path)
    {
        object? plain = Plain(value);
        JsonTypeInfo info = Info(type);
        if (plain is null)
        {
            return FreeJson.Is(info.Type) || info.Type != type || !IsPlainValue(info) ? null : throw path.Error(NoNull);
        }

        return info.Kind switch
        {
            _ when info.Type.IsInstanceOfType(plain) => Node(plain, info, path),
            _ when FreeJson.Is(info.Type) => FreeJson.Of(value, path),
            JsonTypeInfoKind.Object when info.PolymorphismOptions is { } kinds => Derived([.. NamedMembers.Of(value!, path)], info, kinds, path),
            JsonTypeInfoKind.Object => Object(NamedMembers.Of(value!, path), info, path),
            JsonTypeInfoKind.Dictionary => Map(NamedMembers.Of(value!, path), info, path),
            JsonTypeInfoKind.Enumerable => List(plain, info, path),
            _ => Scalar(plain, info, path),
        };
    }

    // A converter of the user's own may well read null.
    private static bool IsPlainValue(JsonTypeInfo info) =>
        info.Type.IsValueType && info.Converter.GetType().Assembly == typeof(JsonSerializer).Assembly;

    // The mark must come first in JSON; in tables nothing does.
    private static JsonObject Derived(
        IReadOnlyList<KeyValuePair<string, object?>> members, JsonTypeInfo info, JsonPolymorphismOptions kinds, MemberPath path)
    {
        string mark = kinds.TypeDiscriminatorPropertyName;
        string names = string.Join(", ", kinds.DerivedTypes.Select(static kind => $"'{kind.TypeDiscriminator}'"));
        object? given = Plain(members.FirstOrDefault(member => member.Key == mark).Value);
        if (given is null)
        {
            return info.Type.IsAbstract ? throw path.Error($"{info.Type.Name} needs a '{mark}', one of {names}") : Object(members, info, path);
        }

        string name = Convert.ToString(given, CultureInfo.InvariantCulture) ?? "";
        JsonDerivedType kind = kinds.DerivedTypes.FirstOrDefault(kind => Convert.ToString(kind.TypeDiscriminator, CultureInfo.InvariantCulture) == name);
        JsonObject made = Object(
            members.Where(member => member.Key != mark),
            Info(kind.DerivedType ?? throw path.Error($"{info.Type.Name} has no '{mark}' '{name}'; it has {names}")),
            path);
        made.Insert(0, mark, kind.TypeDiscriminator is int number ? number : (string?)kind.TypeDiscriminator);
        return made;
    }

    private static JsonObject Object(IEnumerable<KeyValuePair<string, object?>> members, JsonTypeInfo info, MemberPath path)
    {
        JsonObject made = [];
        foreach ((string name, object? value) in members)
        {
            JsonPropertyInfo property = TypeMembers.Find(info, name)
                ?? throw path.Error($"{info.Type.Name} has no '{name}'; it has {TypeMembers.List(info)}");
            if (Plain(value) is null && !property.PropertyType.IsValueType && !(property.AssociatedParameter?.IsNullable ?? property.IsSetNullable))
            {
                throw path.Member(name).Error(NoNull);
            }

            if (!made.TryAdd(property.Name, Write(value, property.PropertyType, path.Member(name))))
            {
                throw path.Error($"'{name}' is there twice");
            }
        }

        return made;
    }

    private static JsonObject Map(IEnumerable<KeyValuePair<string, object?>> members, JsonTypeInfo info, MemberPath path)
    {
        return new(members.Select(member => KeyValuePair.Create(member.Key, Write(member.Value, info.ElementType!, path.Member(member.Key)))));
    }

    // One that is alone is a list of one, as everywhere in PowerShell.
    private static JsonArray List(object plain, JsonTypeInfo info, MemberPath path)
    {
        IEnumerable<object?> list = LanguagePrimitives.GetEnumerable(plain)?.Cast<object?>() ?? [plain];
        return [.. list.Select((item, index) => Write(item, info.ElementType!, path.Item(index)))];
    }

    private static JsonNode? Scalar(object plain, JsonTypeInfo info, MemberPath path)
    {
        try
        {
            return IsMemory(info.Type)
                ? Convert.ToBase64String((byte[])LanguagePrimitives.ConvertTo(plain, typeof(byte[]), CultureInfo.InvariantCulture))
                : Node(LanguagePrimitives.ConvertTo(plain, info.Type, CultureInfo.InvariantCulture), info, path);
        }
        catch (PSInvalidCastException failure)
        {
            throw path.Error(failure.Message.TrimEnd('.'), failure);
        }
    }

    // PowerShell makes no such of an array.
    private static bool IsMemory(Type type) => type == typeof(ReadOnlyMemory<byte>) || type == typeof(Memory<byte>);

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
