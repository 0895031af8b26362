using System.Collections;
using System.Globalization;
using System.Management.Automation;

namespace Eformer.Pool.Module.Runs;

/// <summary>Reads the environment variables that a user gives as a hashtable.</summary>
internal static class EnvironmentTable
{
    /// <summary>The variables.</summary>
    /// <exception cref="SlicePoolException"><c>ReservedVariable</c>, <c>InvalidEnvironment</c>.</exception>
    public static IReadOnlyDictionary<string, string> Read(IDictionary? table)
    {
        Dictionary<string, string> variables = new(StringComparer.Ordinal);
        foreach (DictionaryEntry entry in table ?? new Hashtable())
        {
            string name = Text(entry.Key);
            variables[name] = entry.Value is null ? throw NoValue(name) : Text(entry.Value);
        }

        ReservedVariables.Check(variables);
        return variables;
    }

    private static string Text(object value) =>
        (string)LanguagePrimitives.ConvertTo(value, typeof(string), CultureInfo.InvariantCulture);

    private static SlicePoolException NoValue(string name) => new(
        "InvalidEnvironment",
        PoolErrorCategory.InvalidArgument,
        $"The environment variable '{Topology.PoolName.Printable(name)}' has no value.",
        "Give it a value; an empty string is one.",
        name);
}
