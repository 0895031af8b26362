using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Eformer.Pool.Functions;

namespace Eformer.Pool.Generators.Tests.Support;

/// <summary>A host that keeps what functions give it, as records.</summary>
internal sealed class FakeInvocation : RemoteInvocation
{
    private readonly List<byte[]> _values = [];
    private readonly List<byte[]> _reports = [];

    /// <summary>The record of each value.</summary>
    public IReadOnlyList<byte[]> Values => _values;

    /// <summary>The record of each report.</summary>
    public IReadOnlyList<byte[]> Reports => _reports;

    /// <inheritdoc/>
    public override HostContext Host { get; } = HostContext.FromEnvironment(
        new Dictionary<string, string>
        {
            ["TPU_SLICE_NAME"] = "slice-0",
            ["EXECUTOR_CALL_SLICE"] = "0",
            ["TPU_HOST_ID"] = "3",
            ["TPU_NUM_DEVICES"] = "4",
            ["EFORMER_FENCE_TOKEN"] = "7",
        },
        "run",
        1);

    /// <inheritdoc/>
    public override CancellationToken Stop => StopSource.Token;

    /// <summary>Stops the function.</summary>
    public CancellationTokenSource StopSource { get; } = new();

    /// <inheritdoc/>
    public override IProgress<T> Progress<T>(JsonTypeInfo<T> info) => new Recorder<T>(_reports, info);

    /// <inheritdoc/>
    public override ValueTask GiveAsync<T>(T value, JsonTypeInfo<T> info)
    {
        _values.Add(Record(value, info));
        return ValueTask.CompletedTask;
    }

    private static byte[] Record<T>(T value, JsonTypeInfo<T> info) => [RemoteCall.Json, .. JsonSerializer.SerializeToUtf8Bytes(value, info)];

    private sealed class Recorder<T>(List<byte[]> records, JsonTypeInfo<T> info) : IProgress<T>
    {
        public void Report(T value) => records.Add(Record(value, info));
    }
}
