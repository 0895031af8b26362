using Eformer.Pool.Functions;
using Eformer.Pool.HostWorker.Functions;
using Eformer.Pool.HostWorker.Runners.Protocol;
using Microsoft.Extensions.Time.Testing;

namespace Eformer.Pool.HostWorker.Tests.Functions;

/// <summary>Functions that are not async can return null where a task or a stream is to be awaited.</summary>
public sealed class NothingToAwaitTests
{
    public enum Given
    {
        Task,
        TaskOfValue,
        Stream,
    }

    [Theory]
    [InlineData(Given.Task)]
    [InlineData(Given.TaskOfValue)]
    [InlineData(Given.Stream)]
    public async Task The_end_says_what_the_function_did(Given given)
    {
        GivenRecords records = new();
        NullRequest request = new(given);
        await using FunctionStop stop = new();
        EndedBody ended = await FunctionExecution.RunAsync(request, records.Invocation(request, new FakeTimeProvider()), stop);
        Assert.True(ended.Threw);
        Assert.StartsWith("System.InvalidOperationException: The function 'Acme.Null' returned null", ended.Message, StringComparison.Ordinal);
        Assert.Contains("Acme.Null", Assert.Single(records.Of(RecordKind.Fault)), StringComparison.Ordinal);
    }

    private sealed class NullRequest(Given given) : FunctionRequest<int>(new RemoteContract("Acme.Null", ""), new RemoteJson(null))
    {
        public override void WriteArguments(ArgumentWriter arguments)
        {
        }

        // As generated code calls such functions.
        public override Task InvokeAsync(RemoteInvocation invocation) => given switch
        {
            Given.Task => null!,
            Given.TaskOfValue => GiveTaskAsync(invocation, (Task<int>)null!),
            _ => GiveStreamAsync(invocation, null!),
        };
    }
}
