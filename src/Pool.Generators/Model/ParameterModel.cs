namespace Eformer.Pool.Generators.Model;

/// <summary>A parameter of a remote function.</summary>
/// <param name="Role">Where its value comes from.</param>
/// <param name="Name">Plain.</param>
/// <param name="Type">Its type as C# writes it; of a progress what is reported.</param>
/// <param name="ReadType">The same without a question mark of a reference type.</param>
internal sealed record ParameterModel(ParameterRole Role, string Name, string Type, string ReadType)
{
    /// <summary>Whether null is a value of it.</summary>
    public bool AllowsNull { get; init; }

    /// <summary>Whether null is a value of its items.</summary>
    public bool AllowsNullItems { get; init; }

    /// <summary>Its default value as C# writes it; null when it has none.</summary>
    public string? Default { get; init; }

    /// <summary>The same as help shows it; null when there is none to show.</summary>
    public string? ShownDefault { get; init; }

    /// <summary>Whether JSON cannot hold the default value, so that it is left out instead of written.</summary>
    public bool LeavesOutDefault { get; init; }

    /// <summary>The method of a JSON writer that writes it; null when its type's own reader and writer are needed.</summary>
    public string? WriteMethod { get; init; }

    /// <summary>Whether it is made of parts, so that PowerShell must be helped to make it of hashtables and lists.</summary>
    public bool IsComposite { get; init; }
}
