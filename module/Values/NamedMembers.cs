using System.Collections;
using System.Globalization;
using System.Management.Automation;

namespace Eformer.Pool.Module.Values;

/// <summary>Looks into tables and objects with properties alike.</summary>
internal static class NamedMembers
{
    // What remoting and this module put on what comes from elsewhere; not a part of it.
    private static readonly HashSet<string> s_notes = new(StringComparer.OrdinalIgnoreCase) { "PSComputerName", "RunspaceId", "PSShowComputerName" };

    /// <summary>Names and values.</summary>
    /// <exception cref="ArgumentBindingException">It has none.</exception>
    public static IEnumerable<KeyValuePair<string, object?>> Of(object value, MemberPath path) => value switch
    {
        PSObject { BaseObject: IDictionary table } => Entries(table),
        IDictionary table => Entries(table),
        PSObject { BaseObject: PSCustomObject } made => Properties(made),
        _ => throw path.Error($"it takes a hashtable or an object with properties, and got {Describe(value)}"),
    };

    private static IEnumerable<KeyValuePair<string, object?>> Entries(IDictionary table) => table.Cast<DictionaryEntry>()
        .Select(entry => KeyValuePair.Create(Convert.ToString(entry.Key, CultureInfo.InvariantCulture) ?? "", entry.Value));

    private static IEnumerable<KeyValuePair<string, object?>> Properties(PSObject made) => made.Properties
        .Where(property => property.IsGettable && !s_notes.Contains(property.Name))
        .Select(property => KeyValuePair.Create(property.Name, (object?)property.Value));

    private static string Describe(object value) => (value is PSObject wrapped ? wrapped.BaseObject : value).GetType().Name;
}
