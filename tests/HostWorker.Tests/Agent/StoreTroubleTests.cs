using Eformer.Pool.HostWorker.Agent;
using Eformer.Pool.HostWorker.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Eformer.Pool.HostWorker.Tests.Agent;

/// <summary>What is said in the log of a store that does not do what it is asked.</summary>
public sealed class StoreTroubleTests
{
    private static readonly SlicePoolException s_away = new("StoreUnreachable", PoolErrorCategory.ConnectionError, "It is away.", "Look for it.");
    private readonly FakeTimeProvider _clock = new();
    private readonly ListLogger _log = new();

    [Fact]
    public void It_is_told_once_however_many_ask_and_once_that_it_is_over()
    {
        StoreTrouble trouble = new(_clock, _log);
        trouble.Leave("first");
        for (int second = 0; second < 100; second++)
        {
            trouble.Meet("first", s_away);
            trouble.Meet("second", s_away);
            _clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal("StoreUnreachable: It is away. Look for it. It is tried again until it is over", Assert.Single(_log.Lines));
        trouble.Leave("first");
        Assert.Single(_log.Lines);
        trouble.Leave("second");
        trouble.Leave("second");
        Assert.Equal("Nothing waits for the store any more, after 100.0 s", Assert.Single(_log.Lines.Skip(1)));
    }

    [Fact]
    public void What_lasts_is_told_rarely()
    {
        StoreTrouble trouble = new(_clock, _log);
        for (int second = 0; second < 1000; second++)
        {
            trouble.Meet("first", s_away);
            _clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(
            ["StoreUnreachable, for 5 min now: It is away.", "StoreUnreachable, for 10 min now: It is away.", "StoreUnreachable, for 15 min now: It is away."],
            _log.Lines.Skip(1));
    }

    [Fact]
    public void Another_error_is_told_beside_it()
    {
        StoreTrouble trouble = new(_clock, _log);
        trouble.Meet("first", s_away);
        trouble.Meet("second", new SlicePoolException("StoreDamaged", PoolErrorCategory.InvalidData, "It is spoilt."));
        trouble.Meet("first", s_away);
        Assert.Equal(2, _log.Lines.Count);
    }

    [Fact]
    public void What_is_to_be_mended_in_another_way_is_told_too()
    {
        StoreTrouble trouble = new(_clock, _log);
        trouble.Meet("first", s_away);
        trouble.Meet("first", new SlicePoolException("StoreUnreachable", PoolErrorCategory.SecurityError, "It refuses us.", "Write the new password."));
        Assert.Contains("Write the new password.", _log.Lines.Last(), StringComparison.Ordinal);
    }
}
