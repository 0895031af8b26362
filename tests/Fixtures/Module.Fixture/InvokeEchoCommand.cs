using System.Management.Automation;
using System.Text;
using Eformer.Pool.Functions;
using Eformer.Pool.Module.Runs;
using Eformer.Pool.PowerShell;

namespace Eformer.Pool.Module.Fixture;

/// <summary>The cmdlet of a function, as the generator makes it; but its hosts are a test's: they give its arguments back, or what -Record says.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "Echo")]
[OutputType(typeof(Echo))]
public sealed class InvokeEchoCommand : RemoteFunctionCmdlet<Echo>
{
    [Parameter(Position = 1)]
    [RemoteArgument(typeof(TrainOptions))]
    public TrainOptions? Options { get; set; }

    [Parameter]
    public string[]? Record { get; set; }

    protected override RemoteRequest<Echo> CreateRequest() => new EchoRequest(Options);

    private protected override PoolRun CreateRun(SlicePool pool, RunRequest request) =>
        new(pool, _ => Task.FromResult<RunHandle>(new FakeRun(request, Record ?? Answers(request)))) { Values = Values };

    private static string[] Answers(RunRequest request)
    {
        string arguments = Encoding.UTF8.GetString(request.Call!.Arguments.Span[1..]);
        return [$"0 Value {arguments}", "0 End Succeeded", $"1 Value {arguments}", "1 End Succeeded"];
    }
}
