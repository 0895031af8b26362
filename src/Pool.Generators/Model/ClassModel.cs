namespace Eformer.Pool.Generators.Model;

/// <summary>A type that has remote functions.</summary>
/// <param name="Namespace">As C# writes it; empty for the global one.</param>
/// <param name="FullName">With namespace and the types around it, plain.</param>
/// <param name="Declarations">The types around it, outermost first, then the type itself.</param>
internal sealed record ClassModel(string Namespace, string FullName, EquatableArray<TypeDeclaration> Declarations)
{
    /// <summary>How any code refers to it.</summary>
    public string Reference =>
        "global::" + (Namespace.Length == 0 ? "" : Namespace + ".") + string.Join(".", Declarations.Select(static type => type.Name));
}
