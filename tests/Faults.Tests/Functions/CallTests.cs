using Acme.Functions;
using Eformer.Pool.Faults.Tests.Support;
using Xunit;

namespace Eformer.Pool.Faults.Tests.Functions;

/// <summary>Functions of the driver's own assembly run on every host and give their values.</summary>
public sealed class CallTests(SharedServers servers)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Values_come_by_slot_and_host()
    {
        await using Fleet fleet = await Fleet.CreateAsync(await servers.GetAsync(ServerKind.Redis));
        AgentProcess agent = await fleet.StartAgentAsync("2x2");
        SlicePoolManager pool = await fleet.OpenPoolAsync(slices: 2);
        RemoteCallOptions options = new() { Environment = new Dictionary<string, string> { ["MINE"] = "yours" } };
        HostResults<Place> results = await pool.CallAsync(Remote.Where.With("MINE"), options);
        Assert.Equal([(0, 0), (0, 1), (1, 0), (1, 1)], results.Select(result => (result.SliceId, result.HostId)));
        Assert.Equal(["slice-0/0", "slice-0/1", "slice-1/0", "slice-1/1"], results.Values.Select(place => $"{place.Slice}/{place.HostId}").Order(StringComparer.Ordinal));
        Assert.All(results, result =>
        {
            Assert.Equal((result.SliceId, result.HostId, results.RunId, 1, "yours"), (result.Value.SliceId, result.Value.HostId, result.Value.RunId, result.Value.Attempt, result.Value.Variable));
            Assert.True(result.Value.Fence > 0);
            Assert.Equal("the function returned", result.Evidence);
            Assert.NotNull(result.Started);
            Assert.Equal(agent.Pid, result.Value.Process);
        });
        Assert.Equal(results[1, 0].Value, results[2].Value);
        SliceResults<Place> slices = await new TestProxy(pool).OnSlicesAsync(Remote.Where.With("MINE"), Token);
        Assert.Equal([2, 2], slices.Select(slice => slice.Values.Count));
        Assert.Single(await pool.CallAsync(Remote.Twice.With(4), new RemoteCallOptions { SliceIds = [1], HostIds = [1] }));
    }

    [Fact]
    public async Task In_other_isolations_it_runs_in_the_hosts_own_processes()
    {
        (Fleet fleet, SlicePoolManager pool) = await FunctionFleet.OpenAsync(servers);
        await using Fleet whole = fleet;
        int[] session = [.. (await pool.CallAsync(Remote.Where.With("TPU_HOST_ID"), Isolation.Session)).Values.Select(place => place.Process)];
        Assert.Equal(session, (await pool.CallAsync(Remote.Where.With(""), Isolation.Session)).Values.Select(place => place.Process));
        Assert.Equal(session, (await pool.CallAsync(Remote.Where.With(""), Isolation.Runspace)).Values.Select(place => place.Process));
        int[] alone = [.. (await pool.CallAsync(Remote.Where.With(""), Isolation.Process)).Values.Select(place => place.Process)];
        Assert.Equal(4, session.Concat(alone).Distinct().Count());
    }

    [Theory, MemberData(nameof(FunctionFleet.Everywhere), MemberType = typeof(FunctionFleet))]
    public async Task Statics_cross_runs_as_far_as_the_isolation_says_and_never_leases(Isolation isolation)
    {
        (Fleet fleet, SlicePoolManager pool) = await FunctionFleet.OpenAsync(servers, hosts: 1);
        await using Fleet whole = fleet;
        bool kept = isolation is Isolation.InProcess or Isolation.Session;
        Assert.Equal([1], (await pool.CallAsync(Remote.Next.With(0), isolation)).Values);
        Assert.Equal([kept ? 2 : 1], (await pool.CallAsync(Remote.Next.With(0), isolation)).Values);
        await pool.DisposeAsync();
        SlicePoolManager next = await fleet.OpenPoolAsync("next", hostsPerSlice: 1);
        Assert.Equal([1], (await next.CallAsync(Remote.Next.With(0), isolation)).Values);
    }

    [Theory, MemberData(nameof(FunctionFleet.Everywhere), MemberType = typeof(FunctionFleet))]
    public async Task Private_dependencies_come_along(Isolation isolation)
    {
        (Fleet fleet, SlicePoolManager pool) = await FunctionFleet.OpenAsync(servers, hosts: 1);
        await using Fleet whole = fleet;
        Assert.Equal(["HEY!"], (await pool.CallAsync(Remote.Shout.With("hey"), isolation)).Values);
        Options options = new("ä\"\n") { Steps = 3, Rate = 1.5, Inner = new Options("inner") { Steps = 1 }, Tags = ["a", "b"], Day = DayOfWeek.Friday };
        Options back = Assert.Single((await pool.CallAsync(Remote.Describe.With(options), isolation)).Values);
        Assert.Equal((options.Name, 3, 1.5, "inner", DayOfWeek.Friday), (back.Name, back.Steps, back.Rate, back.Inner!.Name, back.Day));
        Assert.Equal(["a", "b"], back.Tags);
        Assert.Equal([default], (await pool.CallAsync(Remote.Nothing.With(0), isolation)).Values);
    }

    [Theory, MemberData(nameof(FunctionFleet.Everywhere), MemberType = typeof(FunctionFleet))]
    public async Task Streams_come_in_order_for_each_host(Isolation isolation)
    {
        (Fleet fleet, SlicePoolManager pool) = await FunctionFleet.OpenAsync(servers, hosts: 3);
        await using Fleet whole = fleet;
        HostStream<int> stream = new TestProxy(pool, new RemoteCallOptions { Isolation = isolation }).Stream(Remote.Count.With(5000), Token);
        Dictionary<int, List<int>> items = [];
        await foreach (HostItem<int> item in stream)
        {
            if (!items.TryGetValue(item.Host.HostId, out List<int>? list))
            {
                items.Add(item.Host.HostId, list = []);
            }

            list.Add(item.Value);
        }

        Assert.Equal([0, 1, 2], items.Keys.Order());
        Assert.All(items.Values, list => Assert.Equal(Enumerable.Range(0, 5000), list));
        Assert.Equal([5000L, 5000L, 5000L], stream.Results.Values);
        SliceResults<IReadOnlyList<int>> lists = await new TestProxy(pool).ListsAsync(Remote.Count.With(10), Token);
        Assert.All(Assert.Single(lists).Values, list => Assert.Equal(Enumerable.Range(0, 10), list));
    }

    [Theory, MemberData(nameof(FunctionFleet.Everywhere), MemberType = typeof(FunctionFleet))]
    public async Task Who_stops_reading_a_stream_stops_it_on_its_hosts(Isolation isolation)
    {
        (Fleet fleet, SlicePoolManager pool) = await FunctionFleet.OpenAsync(servers);
        await using Fleet whole = fleet;
        int read = 0;
        await foreach (HostItem<int> item in new TestProxy(pool, new RemoteCallOptions { Isolation = isolation }).Stream(Remote.Count.With(-1), Token))
        {
            if (++read == 1000)
            {
                break;
            }
        }

        await Eventually.TrueAsync(
            async () => (await pool.CallAsync(Remote.Twice.With(1), isolation)).Failed.Count == 0, "the hosts are free again", Token);
    }

    [Theory, MemberData(nameof(FunctionFleet.Everywhere), MemberType = typeof(FunctionFleet))]
    public async Task Reports_arrive_with_the_last_of_them_before_the_end(Isolation isolation)
    {
        (Fleet fleet, SlicePoolManager pool) = await FunctionFleet.OpenAsync(servers);
        await using Fleet whole = fleet;
        Kept<HostReport<int>> reports = new();
        HostResults<int> results = await new TestProxy(pool, new RemoteCallOptions { Isolation = isolation }).OnHostsAsync(Remote.Report.With(10_000), reports, Token);
        Assert.Equal([10_000, 10_000], results.Values);
        foreach (int host in (int[])[0, 1])
        {
            int[] of = [.. reports.All.Where(report => report.Host.HostId == host).Select(report => report.Value)];
            Assert.Equal(10_000, of[^1]);
            Assert.InRange(of.Length, 1, 1000);
            Assert.Equal(of.Order(), of);
        }
    }

    [Fact]
    public async Task Reports_of_another_type_fail_their_host_and_do_not_stop_the_run()
    {
        (Fleet fleet, SlicePoolManager pool) = await FunctionFleet.OpenAsync(servers);
        await using Fleet whole = fleet;
        Kept<HostReport<Amount>> reports = new();
        HostResults<int> results = await new TestProxy(pool).OnHostsAsync(Remote.Report.With(1), reports, Token);
        Assert.Empty(reports.All);
        Assert.All(results, result => Assert.Equal(RunOutcome.Succeeded, result.Outcome));
        Assert.All(results, result => Assert.Equal("ResultUnreadable", Assert.IsType<SlicePoolException>(result.Exception).ErrorId));
    }

    [Fact]
    public async Task A_run_that_was_sent_is_found_by_its_id_and_read_without_its_proxy()
    {
        (Fleet fleet, SlicePoolManager pool) = await FunctionFleet.OpenAsync(servers);
        await using Fleet whole = fleet;
        await using RunHandle<int> sent = await pool.SendAsync(Remote.Twice.With(21), new RemoteCallOptions { RunId = "typed" });
        Assert.Equal([42, 42], (await sent).Values);
        await using RunHandle<int> found = await new TestProxy(pool).FindAsync("typed", Remote.Twice.With(0), Token);
        Assert.Equal([42, 42], (await found).Values);
        RunRequest failing = new RemoteCallOptions().ToRunRequest(Remote.Fail.With(1));
        IReadOnlyList<HostResult> plain = await pool.ExecuteOnEachHostFlatAsync(failing, Token);
        Assert.Equal((RunOutcome.Succeeded, "1"), (plain[0].Outcome, Assert.Single(plain[0].Output)));
        Assert.Equal((RunOutcome.Failed, true), (plain[1].Outcome, plain[1].HadErrors));
        Assert.Contains("it went wrong", (string)Assert.Single(plain[1].Errors), StringComparison.Ordinal);
        Assert.True(Assert.Single(await pool.PrepareAllSlicesAsync(Token)).Ready);
    }

    [Fact]
    public async Task Found_as_another_function_a_run_has_no_invented_values()
    {
        (Fleet fleet, SlicePoolManager pool) = await FunctionFleet.OpenAsync(servers);
        await using Fleet whole = fleet;
        await pool.ExecuteOnEachHostFlatAsync(new RunRequest { Script = "'text'", RunId = "script", Keep = true }, Token);
        await using RunHandle<int> several = await pool.SendAsync(Remote.Count.With(3), new RemoteCallOptions { RunId = "several" });
        await several;
        foreach (string run in (string[])["script", "several"])
        {
            await using RunHandle<int> found = await new TestProxy(pool).FindAsync(run, Remote.Twice.With(0), Token);
            HostResults<int> results = await found;
            Assert.All(results, result => Assert.Equal((RunOutcome.Succeeded, false), (result.Outcome, result.Succeeded)));
            Assert.All(results, result => Assert.Equal("ResultUnreadable", Assert.IsType<SlicePoolException>(result.Exception).ErrorId));
        }
    }

    private sealed class Kept<T> : IProgress<T>
    {
        public List<T> All { get; } = [];

        public void Report(T value) => All.Add(value);
    }
}
