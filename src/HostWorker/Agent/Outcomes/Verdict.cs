namespace Eformer.Pool.HostWorker.Agent.Outcomes;

/// <summary>What a rule says of an attempt's end.</summary>
/// <param name="Outcome">The outcome.</param>
/// <param name="Evidence">The fact that decided it, for people.</param>
internal sealed record Verdict(RunOutcome Outcome, string Evidence);
