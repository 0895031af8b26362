using Eformer.Pool.Functions;

namespace Eformer.Pool.HostWorker.Functions;

/// <summary>Finds which remote functions an assembly has.</summary>
internal static class FunctionNames
{
    // What a function's lines begin with in the text of an assembly's contracts.
    private const string Function = "function ";

    /// <summary>Their names; empty when the assembly has none.</summary>
    /// <inheritdoc cref="AssemblyText.Of" path="/exception"/>
    public static IReadOnlySet<string> Of(string path) => (AssemblyText.Of(path, typeof(RemoteContractsAttribute)) ?? "").Split('\n')
        .Where(line => line.StartsWith(Function, StringComparison.Ordinal))
        .Select(line => line[Function.Length..].Trim())
        .ToHashSet(StringComparer.Ordinal);
}
