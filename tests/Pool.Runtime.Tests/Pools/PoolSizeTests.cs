using Eformer.Pool.Pools;

namespace Eformer.Pool.Tests.Pools;

/// <summary>How many of anything a pool may have.</summary>
public class PoolSizeTests
{
    [Theory]
    [InlineData(1), InlineData(12_736), InlineData(1_000_000)]
    public void Sizes_within_bounds_are_taken(int count) => Assert.Equal(count, PoolSize.Check(count, "slices"));

    [Theory]
    [InlineData(0), InlineData(-1), InlineData(1_000_001), InlineData(int.MaxValue), InlineData(int.MinValue)]
    public void Others_are_refused_with_the_number(int count)
    {
        SlicePoolException error = Assert.Throws<SlicePoolException>(() => PoolSize.Check(count, "slices"));
        Assert.Equal(("InvalidSize", PoolErrorCategory.InvalidArgument), (error.ErrorId, error.Category));
        Assert.Contains($" {count} slices", error.Message, StringComparison.Ordinal);
    }
}
