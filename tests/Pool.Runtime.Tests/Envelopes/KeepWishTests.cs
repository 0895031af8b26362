using Eformer.Pool.Envelopes;

namespace Eformer.Pool.Tests.Envelopes;

/// <summary>What a wish to keep a pool without its driver is good for: one pool of one owner, until its end.</summary>
public class KeepWishTests
{
    private static readonly DateTimeOffset s_now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly KeepWish s_wish = new()
    {
        Fleet = "fleet",
        Pool = "night",
        OwnerId = "owner",
        Slots = [0, 1],
        IssuedMs = s_now.ToUnixTimeMilliseconds(),
        UntilMs = s_now.AddHours(1).ToUnixTimeMilliseconds(),
    };

    [Fact]
    public void It_keeps_its_pool_until_its_end_and_not_a_moment_longer()
    {
        Assert.True(Keeps(s_wish, s_now));
        Assert.True(Keeps(s_wish, s_now.AddHours(1).AddMilliseconds(-1)));
        Assert.False(Keeps(s_wish, s_now.AddHours(1)));
        Assert.False(Keeps(s_wish, s_now.AddDays(1)));
    }

    [Fact]
    public void It_keeps_nothing_else()
    {
        Assert.False(s_wish.Keeps("other", "night", "owner", s_now));
        Assert.False(s_wish.Keeps("fleet", "day", "owner", s_now));
        Assert.False(s_wish.Keeps("fleet", "night", "other", s_now));
    }

    [Fact]
    public void No_wish_reaches_further_than_the_longest_or_comes_from_the_future()
    {
        KeepWish longest = s_wish with { UntilMs = (s_now + KeepWish.Longest).ToUnixTimeMilliseconds() };
        Assert.True(Keeps(longest, s_now));
        Assert.False(Keeps(longest with { UntilMs = longest.UntilMs + 1 }, s_now));
        Assert.True(Keeps(s_wish, s_now - CommandLifetime.Skew));
        Assert.False(Keeps(s_wish, s_now - CommandLifetime.Skew - TimeSpan.FromMilliseconds(1)));
        Assert.False(Keeps(s_wish with { IssuedMs = -1 }, s_now));
    }

    private static bool Keeps(KeepWish wish, DateTimeOffset now) => wish.Keeps("fleet", "night", "owner", now);
}
