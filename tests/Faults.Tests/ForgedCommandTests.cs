using Eformer.Pool.Envelopes;
using Eformer.Pool.Faults.Tests.Support;
using Eformer.Pool.Store;
using Xunit;

namespace Eformer.Pool.Faults.Tests;

/// <summary>Somebody who can write to the store tries to run code. Whatever is sent would leave evidence if it ran.</summary>
public sealed class ForgedCommandTests(PoolToAttack target) : IClassFixture<PoolToAttack>, IAsyncLifetime
{
    private readonly Fleet _fleet = target.Fleet;
    private readonly AgentProcess _agent = target.Agent;
    private readonly SlicePoolManager _pool = target.Pool;
    private Forger _forger = null!;

    public async ValueTask InitializeAsync() => _forger = await Forger.SpyAsync(_fleet);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Nothing_runs_that_is_not_a_valid_command_of_this_fleet()
    {
        long now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        await RefusesAsync(RejectReason.UnknownKey, _forger.SignWithOtherKey);
        await RefusesAsync(RejectReason.BadSignature, _forger.SignWithOtherKeyUnderOurName);
        await RefusesAsync(RejectReason.BadSignature, command => Forger.FlipBit(_forger.Sign(command)));
        await RefusesAsync(RejectReason.BadSignature, command => _forger.Sign(command)[..^1]);
        await RefusesAsync(RejectReason.Malformed, _forger.SignAsCancel);
        await RefusesAsync(RejectReason.Malformed, command => _forger.Sign(command)[..40]);
        await RefusesAsync(RejectReason.WrongFleet, command => _forger.Sign(command with { Fleet = "other" }));
        await RefusesAsync(RejectReason.Expired, command => _forger.Sign(command with { IssuedMs = now - 120_000, ExpiresMs = now - 60_000 }));
        await RefusesAsync(RejectReason.Expired, command => _forger.Sign(command with { IssuedMs = now + 120_000, ExpiresMs = now + 180_000 }));
        await RefusesAsync(RejectReason.Expired, command => _forger.Sign(command with { ExpiresMs = now + 3_600_000 }));
        await RefusesAsync(RejectReason.Fenced, command => _forger.Sign(command with { Lease = command.Lease with { Epoch = command.Lease.Epoch - 1 } }));
        await RefusesAsync(RejectReason.Fenced, command => _forger.Sign(command with { Lease = command.Lease with { Epoch = command.Lease.Epoch + 1 } }));
        await RefusesAsync(RejectReason.Fenced, command => _forger.Sign(command with { Lease = command.Lease with { LeaseId = new string('0', 32) } }));
        await RefusesAsync(RejectReason.UnknownHost, command => _forger.Sign(command with { HostIds = [7, -1] }));
        await _pool.SucceedAsync(_fleet.Evidence.Script("genuine"));
        Assert.Equal(2, _fleet.Evidence.Processes("genuine").Length);
    }

    [Fact]
    public async Task A_command_of_the_lease_before_is_refused()
    {
        byte[] payload = Forger.Payload(_fleet.Evidence.Script("stale"));
        RunCommand command = _forger.Command(payload);
        await _pool.DrainActorPoolAsync(TestContext.Current.CancellationToken);
        await _pool.ScaleMultisliceAsync(1, TestContext.Current.CancellationToken);
        await RefusesAsync(RejectReason.Fenced, command.RunId, _forger.Sign(command), payload, "stale");
    }

    [Fact]
    public async Task A_command_that_is_delivered_a_thousand_times_starts_one_attempt()
    {
        byte[] payload = Forger.Payload(_fleet.Evidence.Script("replay"));
        RunCommand command = _forger.Command(payload);
        byte[] signed = _forger.Sign(command);
        byte[] message = AgentMessage.Encode(AgentMessageKind.Run, signed, payload);
        await _forger.SendAsync(command.RunId, signed, payload);
        for (int i = 0; i < 1000; i++)
        {
            await _forger.RingAsync(message);
            await _forger.PutAsync(message);
        }

        await _fleet.Evidence.AwaitAsync("replay", hosts: 2, TestContext.Current.CancellationToken);

        // Also when the run was let go of, and when it is stored anew, its keys being gone.
        await _fleet.Store.AcknowledgeAsync(command.RunId, CancellationToken.None);
        await _forger.SendAsync(command.RunId, signed, payload);
        await _forger.SendAsync(command.RunId, _forger.Twin(signed), payload);
        await _forger.AwaitInboxAsync();
        await _pool.SucceedAsync("1");
        Assert.Equal(2, _fleet.Evidence.Processes("replay").Length);
    }

    [Theory]
    [InlineData(true), InlineData(false)]
    public async Task A_payload_that_was_changed_is_not_run(bool rides)
    {
        byte[] genuine = Forger.Payload(_fleet.Evidence.Script("original"));
        byte[] changed = Forger.Payload(_fleet.Evidence.Script("changed"));
        RunCommand command = _forger.Command(genuine);
        byte[] signed = _forger.Sign(command);
        byte[] message = AgentMessage.Encode(AgentMessageKind.Run, signed, rides ? changed : []);
        await _fleet.Store.SubmitAsync(
            new RunSubmission(command.RunId, changed, 60_000, [new Announcement(_forger.AgentId, message, message)]), CancellationToken.None);
        await Eventually.TrueAsync(
            async () => await _fleet.Store.ReadLogAsync(command.RunId, 0, 10, CancellationToken.None) is { Count: > 0 }, "the run has ended", CancellationToken.None);
        Assert.Equal([RunOutcome.Error, RunOutcome.Error], await OutcomesAsync(command.RunId));
        Assert.Empty(_fleet.Evidence.Processes("changed"));
        Assert.Empty(_fleet.Evidence.Processes("original"));
    }

    [Fact]
    public async Task A_cancel_that_is_not_ours_stops_nothing()
    {
        await using RunHandle run = await _pool.StartAsync(_fleet.Evidence.WaitingScript("cancel"));
        await _fleet.Evidence.AwaitAsync("cancel", hosts: 2, TestContext.Current.CancellationToken);
        long now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        CancelCommand command = new()
        {
            Fleet = _fleet.Name,
            IssuedMs = now,
            ExpiresMs = now + 60_000,
            RunId = run.RunId,
            Attempt = int.MaxValue,
            Lease = _forger.Command([]).Lease,
        };
        using EnvelopeSigner other = FleetKeys.Create(_fleet.Name).CommandSigner();
        using EnvelopeSigner ours = _fleet.Keys.CommandSigner();
        byte[][] forged =
        [
            other.Sign(EnvelopeType.Cancel, WireJson.Write(command)),
            ours.Sign(EnvelopeType.Cancel, WireJson.Write(command with { ExpiresMs = now + 3_600_000 })),
            ours.Sign(EnvelopeType.Run, WireJson.Write(command)),
        ];
        int before = _agent.Count("Cancel was refused");
        foreach (byte[] signed in forged)
        {
            await _forger.RingAsync(AgentMessage.Encode(AgentMessageKind.Cancel, signed, []));
        }

        await AwaitRefusalsAsync("Cancel was refused", before + forged.Length);
        _fleet.Evidence.Release("cancel");
        (await run.EndsAsync()).AllAre(RunOutcome.Succeeded);
    }

    [Fact]
    public async Task Garbage_does_not_disturb_the_agent()
    {
        byte[][] garbage = [[], [0], [.. "RRRRRRRR"u8], new byte[100_000], [.. "R"u8, 255, 255, 255, 255], [.. "C"u8, 127, 255, 255, 255, 1]];
        foreach (byte[] bytes in garbage)
        {
            await _forger.RingAsync(bytes);
            await _forger.PutAsync(bytes);
        }

        await _forger.AwaitInboxAsync();
        await _pool.SucceedAsync(_fleet.Evidence.Script("after"));
        Assert.Equal(2, _fleet.Evidence.Processes("after").Length);
    }

    private Task RefusesAsync(RejectReason reason, Func<RunCommand, byte[]> forge)
    {
        string name = "forged-" + Guid.NewGuid().ToString("N");
        byte[] payload = Forger.Payload(_fleet.Evidence.Script(name));
        RunCommand command = _forger.Command(payload);
        return RefusesAsync(reason, command.RunId, forge(command), payload, name);
    }

    private async Task RefusesAsync(RejectReason reason, string runId, byte[] forged, byte[] payload, string name)
    {
        string line = $"Run was refused: {reason}";
        int before = _agent.Count(line);
        await _forger.SendAsync(runId, forged, payload);

        // Once from the doorbell and once from the inbox.
        await AwaitRefusalsAsync(line, before + 2);
        Assert.Equal("", await _forger.ClaimsAsync(runId));
        Assert.Empty(_fleet.Evidence.Processes(name));
    }

    private Task AwaitRefusalsAsync(string line, int count) => Eventually.TrueAsync(
        () => Task.FromResult(_agent.Count(line) >= count), () => $"the agent says '{line}' {count} time(s); it said: {_agent.Log}", CancellationToken.None);

    private async Task<RunOutcome[]> OutcomesAsync(string runId)
    {
        using EnvelopeVerifier verifier = _fleet.Keys.ResultVerifier();
        List<RunOutcome> outcomes = [];
        foreach (ReadOnlyMemory<byte> entry in (await _fleet.Store.ReadLogAsync(runId, 0, 10, CancellationToken.None))!)
        {
            Assert.Equal(RejectReason.None, verifier.Verify(entry, EnvelopeType.Result, out ReadOnlyMemory<byte> body));
            Assert.True(ResultBatch.TryDecode(body, out ResultHeader header, out _));
            outcomes.AddRange(header.Items.Where(item => item.End is not null).Select(item => item.End!.Outcome));
        }

        return [.. outcomes];
    }
}
