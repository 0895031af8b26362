using Eformer.Pool.RedisStore.Tests.Support;
using Eformer.Pool.Store;
using StackExchange.Redis;
using Xunit;

namespace Eformer.Pool.RedisStore.Tests;

public sealed class DamageTests(SharedServers servers) : StoreTests(servers)
{
    private static readonly Dictionary<string, (string Keys, Func<TestFleet, TestRun, Task> Call)> s_operations = new()
    {
        ["register"] = ("meta hosts state agents agenth beats leases leasex", (fleet, _) => fleet.RegisterAsync("a1", "i2", ["h0", "h1"])),
        ["deregister"] = ("hosts state agents agenth beats leases leasex inboxn inbox:a1", (fleet, _) => fleet.Store.DeregisterAsync("a1", "i1", fleet.Token)),
        ["heartbeat"] = ("state agents beats leases leasex leasen", (fleet, _) => fleet.BeatAsync("a1", "i1", new HostFence("h0", 9, "l1", false))),
        ["acquire"] = ("meta state beats leases leasex leasen pools poolx", (fleet, _) => fleet.AcquireAsync("l2", "h1")),
        ["renew"] = ("meta leases leasex leasen pools poolx", (fleet, _) => fleet.RenewAsync(60_000, "l1")),
        ["release"] = ("state leases leasex leasen pools poolx", (fleet, _) => fleet.ReleaseAsync("l1")),
        ["reap"] = ("hosts state agents agenth beats leases leasex leasen pools poolx inboxn", (fleet, _) => fleet.Store.ReapAsync(fleet.Token)),
        ["read fleet"] = ("meta hosts state agents beats leases leasex leasen pools poolx", (fleet, _) => fleet.Store.ReadFleetAsync(fleet.Token)),
        ["take inbox"] = ("inbox:a1 inboxn", (fleet, _) => fleet.Store.TakeInboxAsync("a1", 10, fleet.Token)),
        ["submit"] = ("run", (_, run) => run.SubmitAsync("x"u8.ToArray())),
        ["cancel"] = ("run", (fleet, run) => fleet.Store.CancelAsync(new RunCancellation(run.Id, []), fleet.Token)),
        ["claim"] = ("run payload", (_, run) => run.ClaimAsync("a1", "i1", "h1")),
        ["chunk"] = ("run log", (_, run) => run.ChunkAsync("a1", "i1", 2, "x"u8.ToArray())),
        ["complete"] = ("run log", (_, run) => run.CompleteAsync("a1", "i1", 2, "x"u8.ToArray(), "h0")),
        ["read log"] = ("run log", (_, run) => run.LogAsync()),
    };

    [Theory, ClassData(typeof(EachServer))]
    public async Task A_key_of_the_wrong_type_is_named_and_nothing_is_half_written(ServerKind kind)
    {
        foreach ((string name, (string keys, Func<TestFleet, TestRun, Task> call)) in s_operations)
        {
            await using TestFleet fleet = await OpenAsync(kind);
            TestRun run = new(fleet);
            await PrepareAsync(fleet, run, lapsed: name == "reap");
            foreach (string key in keys.Split(' '))
            {
                await AssertRefusedAsync(fleet, key is "run" or "payload" or "log" ? $"{{ef:{fleet.Store.Fleet}:{run.Id}}}:{key}" : fleet.Key(key), name, () => call(fleet, run));
            }
        }
    }

    [Theory, ClassData(typeof(EachServer))]
    public async Task An_inbox_of_the_wrong_type_is_named_too(ServerKind kind)
    {
        await using TestFleet fleet = await OpenAsync(kind);
        await fleet.Raw.StringSetAsync(fleet.Key("inbox:a2"), "spoilt");
        Announcement[] announcements = [new("a1", "x"u8.ToArray(), "x"u8.ToArray()), new("a2", "x"u8.ToArray(), "x"u8.ToArray())];
        SlicePoolException error = await Assert.ThrowsAsync<SlicePoolException>(() => new TestRun(fleet).SubmitAsync(default, announcements));
        Assert.Equal("StoreDamaged", error.ErrorId);
        Assert.Contains("inbox:a2", error.Message, StringComparison.Ordinal);
        Assert.False(await fleet.Raw.KeyExistsAsync(fleet.Key("inbox:a1")));
    }

    [Theory, ClassData(typeof(EachServer))]
    public async Task Fields_that_are_not_ours_are_refused_by_name(ServerKind kind)
    {
        foreach (string garbage in (string[])["", "nan", "I|0x10||0|a1", "I|1e999||0|a1", "I| 5 ||0|a1", "I|-1||0|a1", "Z|0||0", "I|0||0|a1|more"])
        {
            await using TestFleet fleet = await OpenAsync(kind);
            await fleet.RegisterAsync("a1", "i1", ["h0", "h1"]);
            await fleet.Raw.HashSetAsync(fleet.Key("state"), "h1", garbage);
            foreach (Func<Task> call in (Func<Task>[])
                [() => fleet.AcquireAsync("l1", "h0", "h1"), () => fleet.RegisterAsync("a1", "i2", ["h0", "h1"]), () => fleet.Store.ReadFleetAsync(Token)])
            {
                SlicePoolException error = await Assert.ThrowsAsync<SlicePoolException>(call);
                Assert.Equal("StoreDamaged", error.ErrorId);
                Assert.Contains("h1", error.Message, StringComparison.Ordinal);
            }

            Assert.False(await fleet.Raw.KeyExistsAsync(fleet.Key("leases")));
        }
    }

    [Theory, ClassData(typeof(EachServer))]
    public async Task Records_that_are_not_strict_json_are_refused_by_name(ServerKind kind)
    {
        await using TestFleet fleet = await OpenAsync(kind);
        await fleet.RegisterAsync("a1", "i1", ["h0"]);
        foreach (string json in (string[])["", "null", "{}", """{"host":"h0","node":"n","node":"m"}""", """{"host":"h0","node":"n","evil":1}""", """{"host":"h0","node":null}"""])
        {
            await fleet.Raw.HashSetAsync(fleet.Key("hosts"), "h0", json);
            SlicePoolException error = await Assert.ThrowsAsync<SlicePoolException>(() => fleet.Store.ReadFleetAsync(Token));
            Assert.Equal(("StoreDamaged", PoolErrorCategory.InvalidData), (error.ErrorId, error.Category));
        }
    }

    private static async Task PrepareAsync(TestFleet fleet, TestRun run, bool lapsed)
    {
        await fleet.RegisterAsync("a1", "i1", ["h0", "h1"]);
        AcquireReply reply = await fleet.AcquireAsync("l1", "h0");
        await fleet.BeatAsync("a1", "i1", new("h0", reply.Epoch, "l1", true), new("h1", 0, "", false));
        await run.SubmitAsync("payload"u8.ToArray(), new Announcement("a1", "x"u8.ToArray(), "x"u8.ToArray()));
        await fleet.Store.TakeInboxAsync("a1", 1, fleet.Token);
        await run.ClaimAsync("a1", "i1", "h0");
        await run.ChunkAsync("a1", "i1", 1, "x"u8.ToArray());
        if (lapsed)
        {
            await fleet.Raw.SortedSetAddAsync(fleet.Key("leasex"), "l1", 1);
            await fleet.Raw.SortedSetAddAsync(fleet.Key("poolx"), TestFleet.Pool, 1);
            await fleet.Raw.SortedSetAddAsync(fleet.Key("beats"), "a1", 1);
        }
    }

    private static async Task AssertRefusedAsync(TestFleet fleet, RedisKey key, string operation, Func<Task> call)
    {
        RedisKey aside = $"{key}-aside";
        await fleet.Raw.KeyRenameAsync(key, aside);
        await fleet.Raw.StringSetAsync(key, "spoilt");
        string before = await DumpAsync(fleet);
        SlicePoolException error = await Assert.ThrowsAsync<SlicePoolException>(call);
        Assert.Equal(("StoreDamaged", PoolErrorCategory.InvalidData), (error.ErrorId, error.Category));
        Assert.Contains($"'{key}'", error.Message, StringComparison.Ordinal);
        Assert.Contains(fleet.Store.Endpoint, error.Message, StringComparison.Ordinal);
        Assert.True(before == await DumpAsync(fleet), $"{operation} changed something although {key} is spoilt");
        await fleet.Raw.KeyDeleteAsync(key);
        await fleet.Raw.KeyRenameAsync(aside, key);
    }

    private static async Task<string> DumpAsync(TestFleet fleet)
    {
        List<string> lines = [];
        foreach (string key in fleet.Keys())
        {
            RedisType type = await fleet.Raw.KeyTypeAsync(key);
            string content = type switch
            {
                RedisType.Hash => string.Join(' ', (await fleet.Raw.HashGetAllAsync(key)).Select(entry => $"{entry}").Order(StringComparer.Ordinal)),
                RedisType.SortedSet => string.Join(' ', await fleet.Raw.SortedSetRangeByRankWithScoresAsync(key)),
                RedisType.List => string.Join(' ', await fleet.Raw.ListRangeAsync(key)),
                _ => (string?)await fleet.Raw.StringGetAsync(key) ?? "",
            };
            lines.Add($"{key} {type} {content}");
        }

        return string.Join('\n', lines);
    }
}
