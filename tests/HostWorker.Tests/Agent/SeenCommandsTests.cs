using Eformer.Pool.HostWorker.Agent;
using Microsoft.Extensions.Time.Testing;

namespace Eformer.Pool.HostWorker.Tests.Agent;

/// <summary>What an agent remembers of the commands that it took.</summary>
public sealed class SeenCommandsTests
{
    private static readonly TimeSpan s_memory = TimeSpan.FromMinutes(10);
    private readonly FakeTimeProvider _clock = new();
    private readonly SeenCommands _seen;

    public SeenCommandsTests() => _seen = new SeenCommands(_clock);

    [Fact]
    public void A_command_is_new_once()
    {
        Assert.False(_seen.Has("a"));
        Assert.True(_seen.IsNew("a"));
        Assert.False(_seen.IsNew("a"));
        Assert.True(_seen.Has("a"));
        Assert.True(_seen.IsNew("b"));
    }

    [Fact]
    public void A_command_is_new_once_for_each_host()
    {
        Assert.Equal([0, 2], _seen.TakeNew("a", [0, 2]));
        Assert.Equal([1, 3], _seen.TakeNew("a", [0, 1, 2, 3]));
        Assert.Equal([64, 200], _seen.TakeNew("a", [64, 3, 200]));
        Assert.Equal([128], _seen.TakeNew("a", [0, 64, 128, 200]));
        Assert.Equal([0, 200], _seen.TakeNew("b", [0, 200]));
    }

    [Fact]
    public void What_is_not_valid_any_more_is_forgotten()
    {
        _seen.TakeNew("a", [0]);
        _clock.Advance(s_memory / 10);
        Assert.Equal([], _seen.TakeNew("a", [0]));
        _clock.Advance(s_memory);
        Assert.Equal([0], _seen.TakeNew("a", [0]));
    }

    // A tight loop of empty runs on one host takes hundreds of commands a second, and an agent of many hosts takes as many at once.
    [Fact]
    public void Many_commands_and_many_hosts_are_no_reason_to_refuse()
    {
        for (int i = 0; i < 120_000; i++)
        {
            Assert.NotNull(_seen.TakeNew($"run {i}", [0]));
        }

        int[] hosts = [.. Enumerable.Range(0, 12_736)];
        for (int i = 0; i < 20; i++)
        {
            Assert.Equal(hosts.Length, _seen.TakeNew($"large run {i}", hosts)!.Count);
        }
    }

    [Fact]
    public void When_it_is_full_it_refuses_what_it_does_not_know_until_time_has_passed()
    {
        SeenCommands small = new(_clock, capacity: 3);
        Assert.All((string[])["0", "1", "2"], command => Assert.True(small.IsNew(command)));
        Assert.False(small.IsNew("one more"));
        Assert.Null(small.TakeNew("one more", [0]));
        Assert.Equal([5], small.TakeNew("0", [5]));
        _clock.Advance(s_memory);
        Assert.Equal([0], small.TakeNew("one more", [0]));
    }
}
