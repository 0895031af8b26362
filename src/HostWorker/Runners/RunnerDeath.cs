namespace Eformer.Pool.HostWorker.Runners;

/// <summary>How a runner's process ended.</summary>
/// <param name="ExitCode">Its exit code; 128 plus the number of the signal that ended it.</param>
/// <param name="LastWords">What it last wrote to standard error.</param>
internal sealed record RunnerDeath(int ExitCode, string LastWords);
