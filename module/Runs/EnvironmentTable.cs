using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Security;
using Eformer.Pool.Module.Arguments;

namespace Eformer.Pool.Module.Runs;

/// <summary>Reads the environment variables that a user gives as a hashtable.</summary>
internal static class EnvironmentTable
{
    /// <summary>The variables.</summary>
    /// <exception cref="SlicePoolException"><c>ReservedVariable</c>, <c>InvalidEnvironment</c>, <c>SecretInArgument</c>.</exception>
    public static IReadOnlyDictionary<string, string> Read(IDictionary? table)
    {
        Dictionary<string, string> variables = new(StringComparer.Ordinal);
        foreach (DictionaryEntry entry in table ?? new Hashtable())
        {
            string name = Text(entry.Key);
            variables[name] = Value(name, entry.Value);
        }

        ReservedVariables.Check(variables);
        return variables;
    }

    private static string Value(string name, object? value) => (value is PSObject wrapped ? wrapped.BaseObject : value) switch
    {
        null => throw NoValue(name),
        SecureString or PSCredential => throw ArgumentFaults.Secret($"The environment variable '{Topology.PoolName.Printable(name)}'"),
        _ => Text(value!),
    };

    private static string Text(object value) =>
        (string)LanguagePrimitives.ConvertTo(value, typeof(string), CultureInfo.InvariantCulture);

    private static SlicePoolException NoValue(string name) => new(
        "InvalidEnvironment",
        PoolErrorCategory.InvalidArgument,
        $"The environment variable '{Topology.PoolName.Printable(name)}' has no value.",
        "Give it a value; an empty string is one.",
        name);
}
