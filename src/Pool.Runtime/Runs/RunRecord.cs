namespace Eformer.Pool;

/// <summary>One record of a run, as it reaches the driver: in order per host, with the end last.</summary>
/// <param name="Host">Where it came from.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Data">For stream records one CLIXML document in UTF-8 that holds one or more objects; empty for ends and retries.</param>
/// <param name="End">For <see cref="RecordKind.End"/> and <see cref="RecordKind.Retry"/> how the attempt ended; else null.</param>
public sealed record RunRecord(HostAddress Host, RecordKind Kind, ReadOnlyMemory<byte> Data, AttemptEnd? End);
