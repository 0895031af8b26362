namespace Eformer.Pool;

/// <summary>Where a scale that waits for capacity stands.</summary>
/// <param name="Sizes">The sizes asked for, ascending.</param>
/// <param name="Held">Slices the pool has.</param>
/// <param name="Waited">How long it has waited.</param>
/// <param name="Limit">How long it will wait in all.</param>
/// <param name="Explanations">Why each size is not possible now, largest first.</param>
public sealed record ScaleWait(
    IReadOnlyList<int> Sizes, int Held, TimeSpan Waited, TimeSpan Limit, IReadOnlyList<SizeExplanation> Explanations);
