namespace Eformer.Pool.Generators.Parsing;

/// <summary>From where something can be used.</summary>
internal enum Access
{
    /// <summary>From some code of the assembly only.</summary>
    Hidden,

    /// <summary>From all code of the assembly.</summary>
    Internal,

    /// <summary>From everywhere.</summary>
    Public,
}
