using System.Runtime.CompilerServices;
using System.Text.Json;
using Acme.Functions;
using Eformer.Pool.Functions;
using Eformer.Pool.HostWorker.Agent;
using Eformer.Pool.HostWorker.Functions;
using Eformer.Pool.HostWorker.Runners;
using Eformer.Pool.HostWorker.Tests.Support;

namespace Eformer.Pool.HostWorker.Tests.Functions;

/// <summary>What a lease loaded goes with it, and what it left in statics reaches no other.</summary>
public sealed class UnloadTests
{
    private readonly LeaseFunctions _functions = new(InstalledFunctions.None);

    [Fact]
    public async Task When_the_last_host_of_a_lease_is_clear_its_assemblies_are_unloaded()
    {
        WeakReference context = await CallAsync("lease");
        _functions.Release("h0", "lease");
        Assert.True(IsAliveAfterCollection(context));
        _functions.Release("h1", "lease");
        _functions.Release("h1", "lease");
        await Eventually.HoldsAsync(() => !IsAliveAfterCollection(context));
    }

    [Fact]
    public async Task Statics_stay_within_a_lease_and_a_build()
    {
        Assert.Equal((1, 2), (await NextAsync("a", Builds.Current), await NextAsync("a", Builds.Current)));
        Assert.Equal(1, await NextAsync("b", Builds.Current));
        Assert.Equal(1, await NextAsync("a", Builds.Next));
        Assert.Equal(3, await NextAsync("a", Builds.Current));
        _functions.Release("h0", "a");
        Assert.Equal(1, await NextAsync("a", Builds.Current));
    }

    [Fact]
    public async Task A_new_build_runs_beside_the_old_one()
    {
        Assert.Equal(["1"], await GivenAsync("a", Builds.Current, Remote.Version.With(0)));
        Assert.Equal(["2"], await GivenAsync("a", Builds.Next, Remote.Version.With(0)));
        Assert.Equal(["1"], await GivenAsync("a", Builds.Current, Remote.Version.With(0)));
    }

    [Fact]
    public async Task What_lies_beside_an_assembly_is_found()
    {
        using TempFolder folder = new();
        Assert.Equal(["\"HEY!\""], await GivenAsync("a", Builds.CopyTo(folder.Path, Builds.Current), Remote.Shout.With("hey")));
    }

    private async Task<int> NextAsync(string lease, string build) =>
        JsonSerializer.Deserialize<int>((await GivenAsync(lease, build, Remote.Next.With(0))).Single());

    private async Task<string[]> GivenAsync(string lease, string build, RemoteRequest request) => (await CallAsync(lease, build, request)).Of(RecordKind.Value);

    private async Task<GivenRecords> CallAsync(string lease, string build, RemoteRequest request)
    {
        GivenRecords given = new();
        RemoteRequest there = _functions.Load("h0", lease, build).Prepare(Calls.Of(request));
        await using FunctionStop stop = new();
        await FunctionExecution.RunAsync(there, given.Invocation(there, TimeProvider.System, stop.Token), stop);
        return given;
    }

    // Everything that a call does: a stream, reports, an error, records as values.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private async Task<WeakReference> CallAsync(string lease)
    {
        RemoteRequest[] requests =
        [
            Remote.Where.With("MINE"), Remote.Count.With(1000), Remote.Report.With(3), Remote.Fail.With(-1), Remote.Describe.With(new Options("a") { Steps = 1, Day = DayOfWeek.Friday }),
        ];
        foreach (RemoteRequest request in requests)
        {
            foreach (string host in (string[])["h0", "h1"])
            {
                await RunAsync(lease, host, request);
            }
        }

        return ContextOf(lease);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private async Task RunAsync(string lease, string host, RemoteRequest request)
    {
        using Attempt attempt = new("run", 1);
        CallStarts starts = new();
        InProcessPlace place = new(_functions.Load(host, lease, Builds.Current), attempt, starts, TimeProvider.System);
        Task<RunnerEnd> end = place.RunAsync(Calls.JobOf(Calls.Of(request)), (_, _) => ValueTask.CompletedTask, () => { }, attempt.StopToken);
        starts.Go();
        Assert.Contains((await end).Kind, (RunnerEndKind[])[RunnerEndKind.Completed, RunnerEndKind.Threw]);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private WeakReference ContextOf(string lease)
    {
        RemoteRequest request = _functions.Load("h0", lease, Builds.Current).Prepare(Calls.Of(Remote.Twice.With(1)));
        System.Runtime.Loader.AssemblyLoadContext? context = System.Runtime.Loader.AssemblyLoadContext.GetLoadContext(request.GetType().Assembly);
        Assert.IsType<FunctionLoadContext>(context);
        return new WeakReference(context);
    }

    private static bool IsAliveAfterCollection(WeakReference context)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return context.IsAlive;
    }
}
