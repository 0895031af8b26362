using Eformer.Pool.Generators.Emission;
using Eformer.Pool.Generators.Model;
using Microsoft.CodeAnalysis;

namespace Eformer.Pool.Generators.Parsing;

/// <summary>Finds out about an assembly what code for it must know.</summary>
internal static class AssemblyParser
{
    private const string PowerShell = "Eformer.Pool.PowerShell.";

    /// <summary>The assembly of a compilation.</summary>
    public static AssemblyModel Parse(Compilation compilation) => new(
        "Eformer.Pool.Functions.Generated." + NamespaceOf(compilation.AssemblyName ?? ""),
        HasCmdlets(compilation),
        compilation.GetTypeByMetadataName(PowerShell + "RemoteArgumentAttribute") is not null,
        compilation.GetTypeByMetadataName(PowerShell + "RemoteCmdletHelpAttribute") is not null)
    {
        CanRefuseNull = compilation.GetTypeByMetadataName(PowerShell + "RemoteArgumentAttribute")?.GetMembers("RefusesNull").IsEmpty is false,
    };

    /// <summary>Whether the base of cmdlets is there.</summary>
    public static bool HasCmdlets(Compilation compilation) =>
        compilation.GetTypeByMetadataName(PowerShell + "RemoteFunctionCmdlet`1") is not null;

    // Of its own for each assembly: one that sees the internals of another must not meet the other's table.
    private static string NamespaceOf(string assembly) => string.Join(".", assembly.Split('.').Select(static part =>
    {
        string name = string.Concat(part.Select(static letter => letter == '_' || char.IsLetterOrDigit(letter) ? letter.ToString() : $"_x{(int)letter:X4}"));
        return name.Length == 0 || char.IsDigit(name[0]) ? "_" + name : Identifiers.Escape(name);
    }));
}
