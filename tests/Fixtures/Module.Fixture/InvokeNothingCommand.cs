using System.Management.Automation;
using System.Text.Json.Serialization.Metadata;
using Eformer.Pool.Functions;
using Eformer.Pool.Module.Runs;
using Eformer.Pool.PowerShell;

namespace Eformer.Pool.Module.Fixture;

/// <summary>The cmdlet of a function without a result.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "Nothing")]
public sealed class InvokeNothingCommand : RemoteFunctionCmdlet<NoValue>
{
    protected override RemoteRequest<NoValue> CreateRequest() => new Request();

    private protected override PoolRun CreateRun(SlicePool pool, RunRequest request) =>
        new(pool, _ => Task.FromResult<RunHandle>(new FakeRun(request, ["0 Value {}", "0 End Succeeded", "1 End Succeeded"]))) { Values = Values };

    private sealed class Request : RemoteRequest<NoValue>
    {
        public override RemoteContract Contract { get; } = new("Fixture.Nothing", "");

        public override JsonTypeInfo<NoValue> ValueInfo { get; } = new RemoteJson(null).Of<NoValue>();

        public override void WriteArguments(ArgumentWriter arguments) { }

        public override Task InvokeAsync(RemoteInvocation invocation) => throw new NotSupportedException("It is never called.");
    }
}
