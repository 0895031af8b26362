namespace Eformer.Pool.Generators.Model;

/// <summary>A function with the names that are made for it.</summary>
/// <param name="Function">The function.</param>
/// <param name="Request">Name of its request class.</param>
/// <param name="Attach">Name of the method that attaches to its runs; null when another's does.</param>
internal sealed record FunctionUnit(FunctionModel Function, string Request, string? Attach)
{
    /// <summary>How any code refers to its request class.</summary>
    public string RequestReference => Function.Class.Reference + "." + Request;
}
