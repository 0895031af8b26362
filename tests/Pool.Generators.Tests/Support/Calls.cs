using System.Reflection;
using Eformer.Pool.Functions;

namespace Eformer.Pool.Generators.Tests.Support;

/// <summary>Calls functions the whole way, from a request through bytes to values, without a pool between.</summary>
internal static class Calls
{
    /// <summary>Sends a request, has it run, and reads what came back.</summary>
    public static async Task<IReadOnlyList<T>> RunAsync<T>(RemoteRequest<T> request, FakeInvocation? invocation = null)
    {
        RemoteCall call = RemoteCall.Of(request);
        invocation ??= new FakeInvocation();
        await Read(request.GetType().Assembly, call.Function, call.Arguments[1..]).InvokeAsync(invocation);
        return [.. invocation.Values.SelectMany(record => ValueRecord.Read(record, request.ValueInfo))];
    }

    /// <summary>What a host makes of the arguments of a call.</summary>
    public static RemoteRequest Read(Assembly assembly, string function, ReadOnlyMemory<byte> arguments)
    {
        RemoteFunctionTable table = TableOf(assembly);
        RemoteContract? contract = table.Find(function);
        Assert.Equal(function, contract?.Name);
        ArgumentReader reader = new(contract!, arguments.Span);
        RemoteRequest request = table.Read(function, ref reader);
        reader.End();
        return request;
    }

    /// <summary>The table of an assembly.</summary>
    public static RemoteFunctionTable TableOf(Assembly assembly) =>
        (RemoteFunctionTable)Activator.CreateInstance(assembly.GetCustomAttribute<RemoteFunctionTableAttribute>()!.Table)!;
}
