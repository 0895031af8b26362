using Eformer.Pool.Functions;

namespace Eformer.Pool.HostWorker.Functions;

/// <summary>Finds where the remote functions of an assembly are.</summary>
internal static class TableName
{
    /// <summary>Full name of the table's type; null when the assembly has none.</summary>
    /// <inheritdoc cref="AssemblyText.Of" path="/exception"/>
    // The name of a type may be followed by that of its assembly, which is this one.
    public static string? Of(string path) => AssemblyText.Of(path, typeof(RemoteFunctionTableAttribute))?.Split(',')[0];
}
