using Eformer.Pool.Store;

namespace Eformer.Pool.RedisStore.Tests.Support;

/// <summary>One run of a test, with short forms of what tests do with it.</summary>
internal sealed class TestRun(TestFleet fleet)
{
    public const string Driver = "driver1";

    public string Id { get; } = Guid.NewGuid().ToString("N");

    public Task SubmitAsync(ReadOnlyMemory<byte> payload, params Announcement[] announcements) =>
        fleet.Store.SubmitAsync(new RunSubmission(Id, payload, 60_000, announcements), fleet.Token);

    public Task<ClaimReply> ClaimAsync(string agent, string incarnation, params string[] hosts) => ClaimAsync(agent, incarnation, 1, hosts);

    public Task<ClaimReply> ClaimAsync(string agent, string incarnation, int attempt, params string[] hosts) =>
        fleet.Store.ClaimAsync(new ClaimRequest(Id, agent, incarnation, attempt, hosts, WithPayload: true), fleet.Token);

    public Task<IReadOnlyList<string>> AttendAsync(string incarnation, int attempt, params string[] hosts) =>
        fleet.Store.AttendAsync(new AttendRequest(Id, incarnation, attempt, hosts), fleet.Token);

    public Task<AppendStatus> ChunkAsync(string agent, string incarnation, long sequence, ReadOnlyMemory<byte> entry) =>
        fleet.Store.ChunkAsync(new LogAppend(Id, agent, incarnation, sequence, entry, [], Driver), fleet.Token);

    public Task<AppendStatus> CompleteAsync(string agent, string incarnation, long sequence, ReadOnlyMemory<byte> entry, params string[] ended) =>
        fleet.Store.CompleteAsync(new LogAppend(Id, agent, incarnation, sequence, entry, [.. ended.Select(host => new LogEnd(host, 1, RunOutcome.Succeeded))], Driver), fleet.Token);

    public Task<AppendStatus> CompleteAsync(
        string agent, string incarnation, long sequence, int attempt, ReadOnlyMemory<byte> entry, params string[] ended) =>
        fleet.Store.CompleteAsync(
            new LogAppend(Id, agent, incarnation, sequence, entry, [.. ended.Select(host => new LogEnd(host, attempt, RunOutcome.Succeeded))], Driver), fleet.Token);

    public Task<AppendStatus> JudgeAsync(string driver, long sequence, RunOutcome outcome, params string[] ended) => JudgeAsync(driver, sequence, 1, outcome, ended);

    public Task<AppendStatus> JudgeAsync(string driver, long sequence, int attempt, RunOutcome outcome, params string[] ended) =>
        fleet.Store.JudgeAsync(
            new LogAppend(Id, driver, driver, sequence, "verdict"u8.ToArray(), [.. ended.Select(host => new LogEnd(host, attempt, outcome))], Driver), fleet.Token);

    public Task<RunStanding?> StandingAsync() => fleet.Store.ReadRunAsync(Id, fleet.Token);

    public Task<IReadOnlyList<ReadOnlyMemory<byte>>?> LogAsync(long from = 0, int limit = 100) =>
        fleet.Store.ReadLogAsync(Id, from, limit, fleet.Token);

    public Task AcknowledgeAsync() => fleet.Store.AcknowledgeAsync(Id, fleet.Token);
}
