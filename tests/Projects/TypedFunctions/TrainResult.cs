namespace Acme;

/// <summary>What came of training.</summary>
/// <param name="Loss">The last loss.</param>
/// <param name="Host">Where.</param>
/// <param name="Notes">What there is to say.</param>
public sealed record TrainResult(double Loss, string Host, IReadOnlyList<string>? Notes = null);
