namespace Eformer.Pool.Generators.Contracts;

/// <summary>How members are named; numbered as System.Text.Json's <c>JsonKnownNamingPolicy</c>.</summary>
internal enum JsonNaming
{
    /// <summary>As in C#.</summary>
    None = 0,

    /// <summary><c>camelCase</c>.</summary>
    Camel = 1,

    /// <summary><c>snake_case</c>.</summary>
    SnakeLower = 2,

    /// <summary><c>SNAKE_CASE</c>.</summary>
    SnakeUpper = 3,

    /// <summary><c>kebab-case</c>.</summary>
    KebabLower = 4,

    /// <summary><c>KEBAB-CASE</c>.</summary>
    KebabUpper = 5,
}
