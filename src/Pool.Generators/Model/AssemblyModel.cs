using Eformer.Pool.Generators.Emission;

namespace Eformer.Pool.Generators.Model;

/// <summary>What code for an assembly must know about it.</summary>
/// <param name="Namespace">Where what is made for the whole assembly goes.</param>
/// <param name="HasCmdlets">Whether the base of cmdlets is there.</param>
/// <param name="HasArgumentHelp">Whether the attribute is there that makes objects of hashtables.</param>
/// <param name="HasCmdletHelp">Whether the attribute is there that keeps help.</param>
internal sealed record AssemblyModel(string Namespace, bool HasCmdlets, bool HasArgumentHelp, bool HasCmdletHelp)
{
    /// <summary>Whether the attribute that makes objects of hashtables can refuse null, so that PowerShell need not do it.</summary>
    public bool CanRefuseNull { get; init; }

    /// <summary>How any code refers to the table.</summary>
    public string Table => $"global::{Namespace}.RemoteFunctions";

    /// <summary>How any code refers to what reads and writes the data of a function.</summary>
    public string Json(FunctionModel function) => $"{Table}.{Snippets.JsonMember(function.JsonContext)}";
}
