using Eformer.Pool.Store;
using StackExchange.Redis;

namespace Eformer.Pool.RedisStore.Keys;

/// <summary>The keys and channels of a fleet's control plane. They share one hash tag, so a cluster keeps them together.</summary>
internal sealed class FleetKeys(string fleet)
{
    private readonly string _tag = $"{{ef:{fleet}}}:";

    /// <summary>The fleet.</summary>
    public string Fleet => fleet;

    /// <summary>Hash: <c>gen</c> store generation, <c>epoch</c> counter, <c>run</c> the server process that gave it, <c>bumped</c> when, <c>v</c> version of this layout.</summary>
    /// <remarks>First among the keys of every control script: one server locks declared keys only, and this is the one they share.</remarks>
    public RedisKey Meta => _tag + "meta";

    /// <summary>Hash: host → its registration as JSON.</summary>
    public RedisKey Hosts => _tag + "hosts";

    /// <summary>Hash: host → <see cref="Records.HostField"/>.</summary>
    public RedisKey State => _tag + "state";

    /// <summary>Hash: agent → its incarnation.</summary>
    public RedisKey Agents => _tag + "agents";

    /// <summary>Hash: agent → its hosts, separated by commas.</summary>
    public RedisKey AgentHosts => _tag + "agenth";

    /// <summary>Sorted set: agent → when it counts as dead, Unix milliseconds of the server.</summary>
    public RedisKey Beats => _tag + "beats";

    /// <summary>Hash: lease → <see cref="Records.LeaseField"/>.</summary>
    public RedisKey Leases => _tag + "leases";

    /// <summary>Sorted set: lease → when it lapses.</summary>
    public RedisKey LeaseExpiries => _tag + "leasex";

    /// <summary>Hash: lease → number of its renewals.</summary>
    public RedisKey LeaseRenewals => _tag + "leasen";

    /// <summary>Hash: pool → <see cref="Records.PoolField"/>.</summary>
    public RedisKey Pools => _tag + "pools";

    /// <summary>Sorted set: pool → when it lapses.</summary>
    public RedisKey PoolExpiries => _tag + "poolx";

    /// <summary>Sorted set: pool → until when its driver counts as present.</summary>
    public RedisKey PoolAttendances => _tag + "poola";

    /// <summary>Hash: pool → the signed wish that its agents keep it.</summary>
    public RedisKey PoolKeeps => _tag + "keeps";

    /// <summary>Hash: host → since when, until when holders may stay, and the wish as JSON, separated by <c>|</c>.</summary>
    public RedisKey Suspended => _tag + "suspended";

    /// <summary>Hash: pool → since when, owner, and what it asks for as JSON, separated by <c>|</c>.</summary>
    public RedisKey Demand => _tag + "demand";

    /// <summary>Hash: host → its health as JSON.</summary>
    public RedisKey Health => _tag + "health";

    /// <summary>Hash: agent → its machine's load as JSON.</summary>
    public RedisKey Loads => _tag + "load";

    /// <summary>Hash: <c>m:machine</c> → agent and boot, <c>a:agent</c> → machine.</summary>
    public RedisKey Machines => _tag + "machines";

    /// <summary>List: events as <c>time|JSON</c>, oldest first.</summary>
    public RedisKey Events => _tag + "events";

    /// <summary>Hash: run → what a list tells of it, as JSON.</summary>
    public RedisKey Runs => _tag + "runs";

    /// <summary>Sorted set: run → when its entry in the list is of no more use.</summary>
    public RedisKey RunExpiries => _tag + "runx";

    /// <summary>Hash: agent → position of the first entry of its inbox.</summary>
    public RedisKey InboxPositions => _tag + "inboxn";

    /// <summary>List: announcements for an agent, oldest first.</summary>
    public RedisKey Inbox(string agentId) => $"{_tag}inbox:{agentId}";

    /// <summary>The channel of a doorbell.</summary>
    public string Channel(Doorbell doorbell) => ChannelPrefix(doorbell.Kind) + doorbell.Id;

    /// <summary>What the channels of all doorbells of a kind start with.</summary>
    public string ChannelPrefix(DoorbellKind kind) => kind switch
    {
        DoorbellKind.Agent => _tag + "bell:agent:",
        DoorbellKind.Pool => _tag + "bell:pool:",
        DoorbellKind.Driver => _tag + "bell:driver:",
        DoorbellKind.Capacity => _tag + "bell:capacity:",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No such kind of doorbell."),
    };

    /// <summary>The keys of one run.</summary>
    public RunKeys Run(string runId) => new(fleet, Identifier.CheckRun(runId));

    /// <summary>The keys of one blob.</summary>
    public BlobKeys Blob(BlobId blob) => new(fleet, Identifier.CheckBlob(blob).Sha256);
}
