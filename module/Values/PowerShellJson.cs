using System.Collections.Specialized;
using System.Management.Automation;
using System.Text.Json;

namespace Eformer.Pool.Module.Values;

/// <summary>Makes PowerShell objects of JSON. Pure.</summary>
internal static class PowerShellJson
{
    /// <summary>The object: numbers, texts, lists, and objects with properties.</summary>
    public static object? Of(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => Properties(json),
        JsonValueKind.Array => json.EnumerateArray().Select(Of).ToArray(),
        JsonValueKind.String => json.GetString(),
        JsonValueKind.Number => Number(json),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    private static object Number(JsonElement json) =>
        json.TryGetInt64(out long whole) ? whole
        : json.TryGetDecimal(out decimal exact) ? exact
        : json.GetDouble();

    private static object Properties(JsonElement json)
    {
        JsonProperty[] members = [.. json.EnumerateObject()];
        // Properties of PowerShell have a name, and no two of one object differ in case only; a map's keys may.
        HashSet<string> names = new(StringComparer.OrdinalIgnoreCase) { "" };
        return members.All(member => names.Add(member.Name)) ? Object(members) : Table(members);
    }

    private static PSObject Object(JsonProperty[] members)
    {
        PSObject made = new();
        foreach (JsonProperty member in members)
        {
            made.Properties.Add(new PSNoteProperty(member.Name, Of(member.Value)));
        }

        return made;
    }

    private static OrderedDictionary Table(JsonProperty[] members)
    {
        OrderedDictionary table = new(StringComparer.Ordinal);
        foreach (JsonProperty member in members)
        {
            table[member.Name] = Of(member.Value);
        }

        return table;
    }
}
