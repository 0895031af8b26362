using System.Management.Automation;
using System.Text.Json.Serialization.Metadata;
using Eformer.Pool.Functions;
using Eformer.Pool.Module.Runs;
using Eformer.Pool.PowerShell;

namespace Eformer.Pool.Module.Fixture;

/// <summary>The cmdlet of a function whose result is a list.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "List")]
public sealed class InvokeListCommand : RemoteFunctionCmdlet<IReadOnlyList<Shard>>
{
    protected override RemoteRequest<IReadOnlyList<Shard>> CreateRequest() => new Request();

    private protected override PoolRun CreateRun(SlicePool pool, RunRequest request) => new(pool, _ => Task.FromResult<RunHandle>(new FakeRun(
        request, ["""0 Value [{"Path":"a"},{"Path":"b"}]""", "0 End Succeeded", "1 Value []", "1 End Succeeded"]))) { Values = Values };

    private sealed class Request : RemoteRequest<IReadOnlyList<Shard>>
    {
        public override RemoteContract Contract { get; } = new("Fixture.List", "");

        public override JsonTypeInfo<IReadOnlyList<Shard>> ValueInfo { get; } = new RemoteJson(null).Of<IReadOnlyList<Shard>>();

        public override void WriteArguments(ArgumentWriter arguments) { }

        public override Task InvokeAsync(RemoteInvocation invocation) => throw new NotSupportedException("It is never called.");
    }
}
