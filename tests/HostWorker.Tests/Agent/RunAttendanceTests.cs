using Eformer.Pool.HostWorker.Agent;
using Eformer.Pool.HostWorker.Tests.Support;
using Eformer.Pool.Leases;
using Eformer.Pool.Store;
using Eformer.Pool.Topology;
using Microsoft.Extensions.Time.Testing;

namespace Eformer.Pool.HostWorker.Tests.Agent;

/// <summary>What an agent tells of the attempts it carries out, and which it stops then.</summary>
public sealed class RunAttendanceTests
{
    private readonly FakeTimeProvider _clock = new();
    private readonly List<string> _asked = [];
    private readonly HostSlot[] _slots;
    private readonly RunAttendance _attendance;
    private string[] _unwanted = [];
    private bool _isAway;

    public RunAttendanceTests()
    {
        LeaseGrant grant = new() { Pool = "pool", OwnerId = "owner", Owner = "me", Slot = 3, SliceName = "slice", Hosts = ["one", "two"], TtlMs = 600_000 };
        _slots = [Leased("one", grant), Leased("two", grant), Host("idle")];
        _attendance = new RunAttendance(AnswerAsync, "life", _slots, _clock, new ListLogger());
    }

    [Fact]
    public async Task Nothing_is_asked_before_it_is_time_or_when_nothing_runs()
    {
        await Begin(_slots[0], "r1", 1);
        await TellAsync();
        Assert.Empty(_asked);
        await LaterAsync();
        Assert.Equal(["r1 1 3.0"], _asked);
        await TellAsync();
        Assert.Single(_asked);
    }

    [Fact]
    public async Task Runs_and_attempts_are_asked_for_each_with_its_hosts_and_those_that_wait_too()
    {
        await Begin(_slots[0], "r1", 1);
        await Begin(_slots[1], "r1", 1);
        Attempt waiting = new("r2", 4);
        Task<AttemptRefusal?> turn = _slots[1].BeginAsync(waiting, "lease", 1, WhenBusy.Queue);
        await LaterAsync();
        Assert.Equal(["r1 1 3.0,3.1", "r2 4 3.1"], _asked);
        Assert.False(turn.IsCompleted);
    }

    [Fact]
    public async Task What_nobody_wants_is_stopped_and_the_rest_goes_on()
    {
        Attempt lost = await Begin(_slots[0], "r1", 1), wanted = await Begin(_slots[1], "r1", 1);
        _unwanted = ["3.0"];
        await LaterAsync();
        Assert.Equal((StopCause.Cancelled, StopCause.None), (lost.Cause, wanted.Cause));
        Assert.True(lost.StopToken.IsCancellationRequested);
    }

    [Fact]
    public async Task After_a_loss_of_data_it_asks_at_once_and_again_until_it_is_answered()
    {
        Attempt attempt = await Begin(_slots[0], "r1", 1);
        (_unwanted, _isAway) = (["3.0"], true);
        _attendance.Doubt();
        await Assert.ThrowsAsync<SlicePoolException>(TellAsync);
        Assert.Equal(StopCause.None, attempt.Cause);
        _isAway = false;
        await TellAsync();
        Assert.Equal(StopCause.Cancelled, attempt.Cause);
        await TellAsync();
        Assert.Equal(2, _asked.Count);
    }

    [Fact]
    public async Task A_run_that_was_spoilt_goes_on_and_the_others_are_asked_for()
    {
        Attempt spoilt = await Begin(_slots[0], "spoilt", 1), lost = await Begin(_slots[1], "r1", 1);
        _unwanted = ["3.0", "3.1"];
        await LaterAsync();
        Assert.Equal(["spoilt 1 3.0", "r1 1 3.1"], _asked);
        Assert.Equal((StopCause.None, StopCause.Cancelled), (spoilt.Cause, lost.Cause));
    }

    private Task TellAsync() => _attendance.TellAsync(TestContext.Current.CancellationToken);

    private Task LaterAsync()
    {
        _clock.Advance(TimeSpan.FromSeconds(30));
        return TellAsync();
    }

    private Task<IReadOnlyList<string>> AnswerAsync(AttendRequest request, CancellationToken cancellationToken)
    {
        Assert.Equal("life", request.Incarnation);
        _asked.Add($"{request.RunId} {request.Attempt} {string.Join(',', request.Hosts)}");
        if (request.RunId == "spoilt")
        {
            return Task.FromException<IReadOnlyList<string>>(new SlicePoolException("StoreDamaged", PoolErrorCategory.InvalidData, "not ours"));
        }

        return _isAway
            ? Task.FromException<IReadOnlyList<string>>(new SlicePoolException("StoreUnreachable", PoolErrorCategory.ConnectionError, "away"))
            : Task.FromResult<IReadOnlyList<string>>([.. request.Hosts.Intersect(_unwanted)]);
    }

    private static async Task<Attempt> Begin(HostSlot slot, string runId, int number)
    {
        Attempt attempt = new(runId, number);
        Assert.Null(await slot.BeginAsync(attempt, "lease", 1, WhenBusy.Refuse));
        return attempt;
    }

    private HostSlot Leased(string key, LeaseGrant grant)
    {
        HostSlot slot = Host(key);
        LeaseRecord lease = new("lease", 1, "generation", grant, 0, 600_000);
        slot.Take(new WorkerEvent.Answered(new HostAssignment(key, HostState.Granted, "lease", 1), lease, _clock.GetTimestamp()));
        slot.Take(new WorkerEvent.FenceSaved(slot.State.Fence with { Epoch = 1, LeaseId = "lease", Generation = "generation", Held = true }));
        Assert.NotNull(slot.Lease);
        return slot;
    }

    private HostSlot Host(string key) => new(
        new HostRegistration { Host = key, Node = key },
        new HostRunners(_ => throw new InvalidOperationException("No runner is needed here."), _clock),
        Fence.None,
        (_, _) => Task.CompletedTask,
        _clock);
}
