namespace Eformer.Pool.Payloads;

/// <summary>How the values of a script's <c>$using:</c> expressions travel: as one more argument, the last, which the script does not see.</summary>
public static class UsingValues
{
    /// <summary>The type name that marks the dictionary of values: the engine's key of an expression to its value.</summary>
    public const string TypeName = "Eformer.Pool.UsingValues";
}
