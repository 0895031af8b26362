using Eformer.Pool.RedisStore.Fitness;
using Xunit;
using static Eformer.Pool.RequirementResult;

namespace Eformer.Pool.RedisStore.Tests;

/// <summary>What makes a server fit for leases, one thing spoilt at a time.</summary>
public class FitnessRulesTests
{
    private static readonly Dictionary<string, string> s_info = new()
    {
        ["role"] = "master", ["connected_slaves"] = "0", ["maxmemory"] = "0", ["maxmemory_policy"] = "noeviction", ["aof_enabled"] = "1",
    };

    private static readonly Dictionary<string, string> s_garnetSettings = new()
    {
        ["logdir"] = "/log", ["compaction-type"] = "Lookup", ["expired-key-deletion-scan-freq"] = "5", ["appendonly"] = "yes",
    };

    private static readonly ServerFacts s_redis = new()
    {
        Name = "redis 7.0.15",
        Info = s_info,
        Settings = new Dictionary<string, string> { ["appendfsync"] = "everysec", ["min-replicas-to-write"] = "0", ["min-replicas-max-lag"] = "10" },
        Scripts = (8000, 8000),
        DoorbellHeard = true,
        IsLoopback = true,
        HasPassword = true,
    };

    private static readonly ServerFacts s_garnet = s_redis with { Name = "garnet 2.2.8", Settings = s_garnetSettings };

    [Fact]
    public void A_server_as_it_should_be_passes_everything()
    {
        Assert.All(FitnessRules.Judge(s_redis).Concat(FitnessRules.Judge(s_garnet)), requirement => Assert.Equal((Pass, ""), (requirement.Result, requirement.Advice)));
        Assert.Equal(
            ["Version", "Scripts", "Doorbells", "Primary", "Eviction", "Persistence", "Replication", "Password", "Transport"],
            FitnessRules.Judge(s_redis).Select(requirement => requirement.Name));
        Assert.Equal(
            ["Version", "Scripts", "Doorbells", "Primary", "StorageTier", "Compaction", "ExpiredKeys", "Persistence", "Password", "Transport"],
            FitnessRules.Judge(s_garnet).Select(requirement => requirement.Name));
    }

    [Fact]
    public void One_thing_that_is_wrong_is_told_with_advice_and_the_others_pass()
    {
        Told(s_redis with { Unfit = "it is redis 6.2, older than 7.0" }, "Version", Fail);
        Told(s_redis with { Scripts = null }, "Scripts", Fail);
        Told(s_redis with { Scripts = (7999, 8000) }, "Scripts", Fail);
        Told(s_redis with { DoorbellHeard = false }, "Doorbells", Warn);
        Assert.Equal([("Version", Pass), ("Primary", Fail)], FitnessRules.Judge(Saying("role", "slave")).Select(requirement => (requirement.Name, requirement.Result)));
        Told(Saying("maxmemory_policy", "allkeys-lru"), "Eviction", Warn);
        Told(Saying("maxmemory_policy", ""), "Eviction", Warn);
        Told(Saying("maxmemory_policy", "volatile-ttl", "maxmemory", "1000"), "Eviction", Fail);
        Told(Saying("aof_enabled", "0"), "Persistence", Warn);
        Told(Set("appendfsync", "no"), "Persistence", Warn);
        Told(Saying("connected_slaves", "1"), "Replication", Warn);
        Told(s_redis with { HasSentinels = true }, "Replication", Warn);
        Told(s_redis with { HasPassword = false }, "Password", Warn);
        Told(s_redis with { IsLoopback = false }, "Transport", Warn);
        Told(SetGarnet("logdir", ""), "StorageTier", Fail);
        Told(SetGarnet("compaction-type", "Shift"), "Compaction", Fail);
        Told(SetGarnet("compaction-type", "None"), "Compaction", Warn);
        Told(SetGarnet("expired-key-deletion-scan-freq", "-1"), "ExpiredKeys", Warn);
        Told(SetGarnet("appendonly", "no"), "Persistence", Warn);
    }

    [Fact]
    public void A_primary_that_keeps_nothing_would_empty_its_replicas()
    {
        ServerFacts facts = Saying("aof_enabled", "0", "connected_slaves", "2");
        Assert.Equal(Fail, Of(facts, "Persistence").Result);
    }

    [Theory]
    [InlineData("0", "10", Warn)]
    [InlineData("1", "10", Pass)]
    [InlineData("2", "5", Pass)]
    [InlineData("1", "11", Warn)]
    public void Writes_must_wait_for_a_replica_that_is_close_behind(string needed, string lag, RequirementResult result)
    {
        ServerFacts facts = Saying("connected_slaves", "1") with
        {
            Settings = new Dictionary<string, string> { ["appendfsync"] = "always", ["min-replicas-to-write"] = needed, ["min-replicas-max-lag"] = lag },
        };
        Assert.Equal(result, Of(facts, "Replication").Result);
    }

    [Theory]
    [InlineData(Pass, "+OK 3 usable Sentinels. Quorum and failover authorization can be reached", "+OK 3 usable Sentinels.")]
    [InlineData(Pass, "+OK 5 usable Sentinels. Quorum and failover authorization can be reached")]
    [InlineData(Warn, "+OK 1 usable Sentinels. Quorum and failover authorization can be reached")]
    [InlineData(Warn, "+OK 3 usable Sentinels. Quorum and failover authorization can be reached", "")]
    [InlineData(Warn, "-NOQUORUM 1 usable Sentinels. Not enough available Sentinels to reach the majority", "")]
    [InlineData(Warn, "", "")]
    public void Sentinels_must_be_able_to_make_another_server_the_primary(RequirementResult result, params string[] answers)
    {
        StoreRequirement found = Of(s_redis with { Sentinels = answers }, "Sentinels");
        Assert.Equal((result, result == Pass), (found.Result, found.Advice.Length == 0));
    }

    [Fact]
    public void What_servers_say_cannot_steer_a_terminal()
    {
        StoreRequirement found = Of(s_redis with { Sentinels = ["-NOQUORUM \u001b[2J\u0007"] }, "Sentinels");
        Assert.DoesNotContain(found.Found, char.IsControl);
        Assert.DoesNotContain((found with { Found = "a\u001bb" }).Found, char.IsControl);
    }

    [Theory]
    [InlineData("ok", "16384", Pass)]
    [InlineData("fail", "16384", Fail)]
    [InlineData("ok", "16000", Fail)]
    [InlineData("fail", "10922", Fail)]
    public void A_cluster_must_serve_every_slot(string state, string served, RequirementResult result)
    {
        ServerFacts facts = s_redis with { Cluster = new Dictionary<string, string> { ["cluster_state"] = state, ["cluster_slots_ok"] = served, ["cluster_size"] = "3" } };
        Assert.Equal(result, Of(facts, "Slots").Result);

        // Of one that answers nothing nothing else can be said.
        Assert.Equal(state == "ok", FitnessRules.Judge(facts).Any(requirement => requirement.Name == "Scripts"));
    }

    [Fact]
    public void Of_several_servers_the_worst_counts_and_is_named()
    {
        (string, IReadOnlyList<StoreRequirement>)[] servers = [("one:1", FitnessRules.Judge(s_redis)), ("two:2", FitnessRules.Judge(Set("appendfsync", "no")))];
        IReadOnlyList<StoreRequirement> found = GroupRules.Worst(servers);
        Assert.Equal(FitnessRules.Judge(s_redis).Select(requirement => requirement.Name), found.Select(requirement => requirement.Name));
        StoreRequirement wrong = Assert.Single(found, requirement => requirement.Result != Pass);
        Assert.StartsWith("two:2: the append-only file", wrong.Found, StringComparison.Ordinal);
        Assert.Equal(FitnessRules.Judge(s_redis), GroupRules.Worst(servers[..1]));
    }

    [Fact]
    public void A_server_that_tells_no_settings_is_judged_by_what_it_says_of_itself()
    {
        Assert.All(FitnessRules.Judge(s_redis with { Settings = null }), requirement => Assert.Equal(Pass, requirement.Result));
        Assert.Equal(Pass, Of(Saying("connected_slaves", "1", "min_slaves_good_slaves", "1") with { Settings = null }, "Replication").Result);
        Assert.All((string[])["StorageTier", "Compaction", "ExpiredKeys"], name => Assert.Equal(Warn, Of(s_garnet with { Settings = null }, name).Result));
    }

    private static void Told(ServerFacts facts, string name, RequirementResult result)
    {
        StoreRequirement[] wrong = [.. FitnessRules.Judge(facts).Where(requirement => requirement.Result != Pass)];
        StoreRequirement one = Assert.Single(wrong);
        Assert.Equal((name, result), (one.Name, one.Result));
        Assert.NotEmpty(one.Found);
        Assert.NotEmpty(one.Advice);
    }

    private static StoreRequirement Of(ServerFacts facts, string name) => FitnessRules.Judge(facts).Single(requirement => requirement.Name == name);

    private static ServerFacts Saying(params string[] pairs) =>
        s_redis with { Info = new Dictionary<string, string>(s_info.Where(pair => !pairs.Contains(pair.Key)).Concat(pairs.Chunk(2).Select(pair => KeyValuePair.Create(pair[0], pair[1])))) };

    private static ServerFacts Set(string name, string value) =>
        s_redis with { Settings = new Dictionary<string, string>(s_redis.Settings!) { [name] = value } };

    private static ServerFacts SetGarnet(string name, string value) =>
        s_garnet with { Settings = new Dictionary<string, string>(s_garnetSettings) { [name] = value } };
}
