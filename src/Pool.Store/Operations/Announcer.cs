using Eformer.Pool.RedisStore.Keys;
using Eformer.Pool.RedisStore.Scripting;
using Eformer.Pool.Store;
using StackExchange.Redis;

namespace Eformer.Pool.RedisStore.Operations;

/// <summary>Puts announcements into agents' inboxes and rings their doorbells.</summary>
/// <remarks>
/// The doorbells are rung by plain commands and not by the script. Garnet delivers a message on the publisher's own
/// thread: a listener that does not read would stop the script while it holds its keys, and with it everyone who needs them.
/// </remarks>
internal sealed class Announcer(FleetKeys keys)
{
    private const int Batch = 64;
    private const int InboxLifeMs = 60 * 60 * 1000;

    private static readonly StoreScript s_script = StoreScript.Load("announce");

    /// <summary>The inboxes that announcements go into.</summary>
    public IEnumerable<RedisKey> Inboxes(IEnumerable<Announcement> announcements) =>
        announcements.Select(announcement => announcement.AgentId).Distinct(StringComparer.Ordinal)
            .Select(agentId => keys.Inbox(Identifier.Check(agentId, nameof(announcements))));

    /// <summary>Puts the entries into the inboxes.</summary>
    public Task Store(IDatabase database, IReadOnlyList<Announcement> announcements) => Task.WhenAll(announcements.Chunk(Batch).Select(batch =>
    {
        RedisKey[] inboxes = [.. Inboxes(batch)];
        return ScriptRunner.Send(database, s_script, inboxes, [InboxLifeMs, .. batch.SelectMany(announcement => Entry(inboxes, announcement))]);
    }));

    /// <summary>Rings the doorbells. Nobody may be listening, so the answers tell nothing; only their errors do.</summary>
    public Task Ring(IDatabase database, IReadOnlyList<Announcement> announcements) => Task.WhenAll(announcements.Select(announcement =>
        database.PublishAsync(
            RedisChannel.Literal(keys.Channel(Doorbell.Agent(announcement.AgentId))), announcement.Bell, CommandFlags.DemandMaster)));

    private RedisValue[] Entry(RedisKey[] inboxes, Announcement announcement) =>
        [Array.IndexOf(inboxes, keys.Inbox(announcement.AgentId)) + 1, announcement.Inbox];
}
