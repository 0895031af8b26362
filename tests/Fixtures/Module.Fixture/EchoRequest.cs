using System.Text.Json.Serialization.Metadata;
using Eformer.Pool.Functions;

namespace Eformer.Pool.Module.Fixture;

/// <summary>What the generator makes of a function, by hand.</summary>
public sealed class EchoRequest(TrainOptions? options) : RemoteRequest<Echo>
{
    private static readonly RemoteJson s_json = new(null);
    private static readonly RemoteContract s_contract = new("Fixture.Echo", "argument options: TrainOptions\nresult: Echo");

    public override RemoteContract Contract => s_contract;

    public override JsonTypeInfo<Echo> ValueInfo { get; } = s_json.Of<Echo>();

    public override void WriteArguments(ArgumentWriter arguments) => arguments.Write("Options", options, s_json);

    public override Task InvokeAsync(RemoteInvocation invocation) => throw new NotSupportedException("It is never called.");
}
