using System.Collections.Immutable;

namespace Eformer.Pool.Generators.Model;

/// <summary>Makes <see cref="EquatableArray{T}"/>s.</summary>
internal static class EquatableArrays
{
    /// <summary>The items as an array that can be compared.</summary>
    public static EquatableArray<T> ToEquatableArray<T>(this IEnumerable<T> items)
        where T : IEquatable<T> => new(items.ToImmutableArray());
}
