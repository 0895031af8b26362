using System.Globalization;

namespace Eformer.Pool;

/// <summary>Whether a pool could have a size now, and why not.</summary>
/// <param name="Size">Number of slices.</param>
/// <param name="Feasible">Whether it could.</param>
/// <param name="Reason">What the fleet's slices or hosts are doing instead, for people; empty when it could.</param>
public sealed record SizeExplanation(int Size, bool Feasible, string Reason)
{
    /// <summary>How many slices it could have of that size: all of them when it is feasible.</summary>
    public int Possible { get; init; }

    /// <summary><c>4: yes</c>, or <c>8: no (5 intact, 1 draining, 2 held by pool 'night' until 14:05)</c>.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Size}: {(Feasible ? "yes" : $"no ({Reason})")}");
}
