namespace Eformer.Pool.Generators.Contracts;

/// <summary>A line of a contract, as the runtime compares them.</summary>
internal static class SchemaLine
{
    /// <summary>Writes one.</summary>
    public static string Of(string kind, string name, string type, bool isOptional) => $"{kind} {name}: {type}{(isOptional ? " optional" : "")}";
}
