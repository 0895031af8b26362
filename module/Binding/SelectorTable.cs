using System.Collections;
using System.Globalization;
using System.Management.Automation;
using Eformer.Pool.Topology;

namespace Eformer.Pool.Module.Binding;

/// <summary>Reads a host selector that a user gives as a hashtable.</summary>
internal static class SelectorTable
{
    /// <summary>The selector; of null the one that takes every host.</summary>
    /// <exception cref="SlicePoolException"><c>InvalidSelector</c>.</exception>
    public static HostSelector Read(IDictionary? table)
    {
        if (table is null)
        {
            return HostSelector.Any;
        }

        Dictionary<string, IReadOnlyList<string>> patterns = new(StringComparer.Ordinal);
        foreach (DictionaryEntry entry in table)
        {
            string label = Text(entry.Key);
            patterns[label] = Values(label, entry.Value);
        }

        return new HostSelector(patterns);
    }

    private static string[] Values(string label, object? value) =>
        Plain(value) is IEnumerable many and not (string or IDictionary)
            ? [.. many.Cast<object?>().Select(item => Value(label, item))]
            : [Value(label, value)];

    private static string Value(string label, object? value) => Plain(value) switch
    {
        null => throw Invalid(label, "has no value"),
        IDictionary => throw Invalid(label, "has a table for its value"),
        ScriptBlock => throw Invalid(label, "has a script block for its value"),
        IEnumerable and not string => throw Invalid(label, "has a list within a list for its value"),
        _ => Text(value!),
    };

    private static object? Plain(object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;

    private static string Text(object value) =>
        (string)LanguagePrimitives.ConvertTo(value, typeof(string), CultureInfo.InvariantCulture);

    private static SlicePoolException Invalid(string label, string fault) => new(
        "InvalidSelector",
        PoolErrorCategory.InvalidArgument,
        $"The selector cannot be used: the label '{PoolName.Printable(label)}' {fault}.",
        "Give labels and values such as @{ gpu = 'h100'; zone = 'a*', 'b*' }; '*' takes every host that has the label.",
        label);
}
