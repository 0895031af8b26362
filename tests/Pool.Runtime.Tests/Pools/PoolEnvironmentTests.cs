namespace Eformer.Pool.Tests.Pools;

/// <summary>The variables that a driver reads: at use, with their defaults, and with an error that names one that is no good.</summary>
public class PoolEnvironmentTests
{
    [Theory]
    [InlineData("EFORMER_SCALE_POLL_S", 30)]
    [InlineData("EFORMER_SCALE_ADD_TIMEOUT_S", 604_800)]
    [InlineData("EFORMER_HOST_HEALTH_WAIT_S", 60)]
    [InlineData("COORD_PORT", 8081)]
    public void Each_has_its_default_and_is_read_at_use(string name, int fallback)
    {
        Assert.Equal(fallback, With(name, null));
        Assert.Equal(fallback, With(name, ""));
        Assert.Equal(7, With(name, "7"));
        Assert.Equal(fallback, With(name, null));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("abc")]
    [InlineData("1.5")]
    [InlineData("99999999999")]
    [InlineData(" 5")]
    public void What_is_not_a_positive_number_is_an_error_that_names_the_variable(string value)
    {
        foreach (string name in (string[])["EFORMER_SCALE_POLL_S", "EFORMER_SCALE_ADD_TIMEOUT_S", "EFORMER_HOST_HEALTH_WAIT_S", "COORD_PORT"])
        {
            SlicePoolException error = Assert.Throws<SlicePoolException>(() => With(name, value));
            Assert.Equal(("InvalidEnvironment", name), (error.ErrorId, error.Target));
            Assert.Contains(name, error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_port_beyond_the_largest_is_an_error() => Assert.Throws<SlicePoolException>(() => With("COORD_PORT", "65536"));

    private static int With(string name, string? value)
    {
        string? before = Environment.GetEnvironmentVariable(name);
        Environment.SetEnvironmentVariable(name, value);
        try
        {
            return name switch
            {
                "EFORMER_SCALE_POLL_S" => (int)PoolEnvironment.ScalePoll().TotalSeconds,
                "EFORMER_SCALE_ADD_TIMEOUT_S" => (int)PoolEnvironment.ScaleTimeout().TotalSeconds,
                "EFORMER_HOST_HEALTH_WAIT_S" => (int)PoolEnvironment.HealthWait().TotalSeconds,
                _ => PoolEnvironment.CoordinatorPort(),
            };
        }
        finally
        {
            Environment.SetEnvironmentVariable(name, before);
        }
    }
}
