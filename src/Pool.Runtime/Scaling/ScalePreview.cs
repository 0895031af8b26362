using Eformer.Pool.Placement;

namespace Eformer.Pool;

/// <summary>What a scale would do now.</summary>
/// <param name="Size">The size the pool would have; its present one when none of those asked for is possible.</param>
/// <param name="Feasible">Whether one of the sizes is possible.</param>
/// <param name="Taken">The slices that would be leased.</param>
/// <param name="Released">Names of the slices that would be given back.</param>
/// <param name="Explanations">Each size, largest first.</param>
public sealed record ScalePreview(
    int Size, bool Feasible, IReadOnlyList<SlicePlacement> Taken, IReadOnlyList<string> Released, IReadOnlyList<SizeExplanation> Explanations)
{
    /// <summary>The placement in words: each slice with its hosts, what would be given back, and why no other size.</summary>
    public override string ToString()
    {
        IEnumerable<string> taken = Taken.Select(slice =>
            $"slot {slice.Slot}: {slice.SliceName} on {string.Join(", ", slice.Hosts.Select(host => host.Registration.Host))}");
        IEnumerable<string> released = Released.Select(name => $"give back {name}");
        return string.Join("; ", taken.Concat(released).Append(SizeLadder.Describe(Explanations)));
    }
}
