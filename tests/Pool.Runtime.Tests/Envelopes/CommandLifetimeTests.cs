using CsCheck;
using Eformer.Pool.Envelopes;

namespace Eformer.Pool.Tests.Envelopes;

/// <summary>A command is valid from when it was signed until it expires, half a minute of skew either way, and never for more than five minutes.</summary>
public class CommandLifetimeTests
{
    private const long Now = 1_700_000_000_000;
    private const long Skew = 30_000;
    private const long Longest = 300_000;

    [Theory]
    [InlineData(0, Longest, true)]
    [InlineData(0, 0, true)]
    [InlineData(Skew, Skew + 1, true)]
    [InlineData(Skew + 1, Skew + 2, false)]
    [InlineData(-Longest, 0, true)]
    [InlineData(-Longest - Skew, -Skew, true)]
    [InlineData(-Longest - Skew - 1, -Skew - 1, false)]
    [InlineData(0, Longest + 1, false)]
    [InlineData(-1, Longest, false)]
    [InlineData(1, 0, false)]
    [InlineData(0, 315_360_000_000, false)]
    public void The_bounds_are_exact(long issued, long expires, bool valid) => Assert.Equal(valid, IsValid(Now + issued, Now + expires));

    [Theory]
    [InlineData(-1, 1)]
    [InlineData(-Longest, 0)]
    [InlineData(long.MinValue, long.MaxValue)]
    [InlineData(long.MinValue, long.MinValue)]
    [InlineData(long.MaxValue, long.MaxValue)]
    [InlineData(long.MaxValue - 1, long.MaxValue)]
    [InlineData(long.MaxValue, long.MinValue)]
    [InlineData(0, long.MaxValue)]
    [InlineData(-5, long.MaxValue)]
    public void Absurd_times_are_refused(long issued, long expires) => Assert.False(IsValid(issued, expires));

    [Fact]
    public void Nothing_outside_the_rule_is_valid_and_everything_inside_is() =>
        Gen.Select(Gen.Long[-400_000, 400_000], Gen.Long[-10, 310_000]).Sample((issued, length) =>
        {
            long expires = issued + length;
            bool expected = length is >= 0 and <= Longest && issued <= Skew && expires >= -Skew;
            return IsValid(Now + issued, Now + expires) == expected;
        });

    private static bool IsValid(long issued, long expires) =>
        CommandLifetime.IsValid(issued, expires, DateTimeOffset.FromUnixTimeMilliseconds(Now));
}
