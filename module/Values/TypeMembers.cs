using System.Reflection;
using System.Text.Json.Serialization.Metadata;

namespace Eformer.Pool.Module.Values;

/// <summary>What a type takes when it is read.</summary>
internal static class TypeMembers
{
    /// <summary>The member of a name, in any case: that on the wire, or that of the property; null when there is none.</summary>
    public static JsonPropertyInfo? Find(JsonTypeInfo info, string name) =>
        Of(info).FirstOrDefault(member => Same(member.Name, name))
        ?? Of(info).FirstOrDefault(member => Same((member.AttributeProvider as MemberInfo)?.Name, name));

    /// <summary>The names, for people.</summary>
    public static string List(JsonTypeInfo info)
    {
        string[] names = [.. Of(info).Select(member => $"'{member.Name}'")];
        return names.Length == 0 ? "nothing to be set" : string.Join(", ", names);
    }

    private static IEnumerable<JsonPropertyInfo> Of(JsonTypeInfo info) =>
        info.Properties.Where(member => member.Set is not null || member.AssociatedParameter is not null);

    private static bool Same(string? member, string name) => string.Equals(member, name, StringComparison.OrdinalIgnoreCase);
}
