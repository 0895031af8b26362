using Acme.Functions;
using Eformer.Pool.Faults.Tests.Support;
using Eformer.Pool.Functions;
using Xunit;

namespace Eformer.Pool.Faults.Tests.Functions;

/// <summary>Short ways to call functions in a fleet of one test.</summary>
internal static class FunctionFleet
{
    /// <summary>The next build of the assembly of functions, which is not loaded here.</summary>
    public static string NextBuild { get; } = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../FunctionsNext/release/Acme.Functions.dll"));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>What tests of a function's end are told to be in.</summary>
    public static TheoryData<Isolation> Everywhere { get; } = [Isolation.InProcess, Isolation.Session, Isolation.Process, Isolation.Runspace];

    public static async Task<(Fleet Fleet, SlicePoolManager Pool)> OpenAsync(
        SharedServers servers, int slices = 1, int hosts = 2, params string[] more)
    {
        Fleet fleet = await Fleet.CreateAsync(await servers.GetAsync(ServerKind.Garnet));
        try
        {
            await fleet.StartAgentAsync($"{slices}x{hosts}", more: more);
            return (fleet, await fleet.OpenPoolAsync(slices: slices, hostsPerSlice: hosts));
        }
        catch
        {
            await fleet.DisposeAsync();
            throw;
        }
    }

    public static Task<HostResults<T>> CallAsync<T>(this SlicePoolManager pool, RemoteRequest<T> request, RemoteCallOptions? options = null) =>
        Eventually.AnswersAsync(new TestProxy(pool, options).OnHostsAsync(request, Token), Token);

    public static Task<HostResults<T>> CallAsync<T>(this SlicePoolManager pool, RemoteRequest<T> request, Isolation isolation) =>
        pool.CallAsync(request, new RemoteCallOptions { Isolation = isolation });

    public static Task<RunHandle<T>> SendAsync<T>(this SlicePoolManager pool, RemoteRequest<T> request, RemoteCallOptions? options = null) =>
        new TestProxy(pool, options).SendAsync(request, Token);

    /// <summary>What waits for a file with the name, having left a trace of that name.</summary>
    public static RemoteRequest<int> Waiting(this Fleet fleet, string name, bool heeds) => Remote.Wait.With(new Patience(fleet.PathOf("evidence"), name, heeds));

    /// <summary>A call of arguments that no proxy would write.</summary>
    public static RunRequest Crafted(RemoteContract contract, params byte[] arguments) => new()
    {
        Script = "",
        Call = new RemoteCall { Function = contract.Name, Contract = contract, Arguments = arguments, Assembly = typeof(Remote).Assembly },
    };

    public static Task<T> PatientlyAsync<T>(this Task<T> task) => Eventually.AnswersAsync(task, Token);
}
