namespace Eformer.Pool.HostWorker.Functions;

/// <summary>Takes a record of a call.</summary>
/// <param name="kind">What it is.</param>
/// <param name="count">How many values it holds.</param>
/// <param name="data">Their bytes, valid until the task completes.</param>
internal delegate ValueTask RecordSink(RecordKind kind, int count, ReadOnlyMemory<byte> data);
