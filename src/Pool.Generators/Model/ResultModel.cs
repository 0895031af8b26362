namespace Eformer.Pool.Generators.Model;

/// <summary>What a remote function gives.</summary>
/// <param name="Type">Its value, or the items of its stream, as C# writes it; the runtime's <c>NoValue</c> for none.</param>
/// <param name="HasValue">Whether it gives any.</param>
/// <param name="IsAwaited">Whether it is to be awaited.</param>
/// <param name="IsStream">Whether it gives its values one after the other.</param>
internal sealed record ResultModel(string Type, bool HasValue, bool IsAwaited, bool IsStream)
{
    /// <summary>The type of functions that give nothing.</summary>
    public const string NoValue = "global::Eformer.Pool.NoValue";

    /// <summary>Whether it is awaited as a <c>ValueTask</c>.</summary>
    public bool IsValueTask { get; init; }

    /// <summary>Its type without a question mark of a reference type; for <c>typeof</c>.</summary>
    public string PlainType { get; init; } = Type;

    /// <summary>Its name in contracts.</summary>
    public string SchemaType { get; init; } = "void";
}
