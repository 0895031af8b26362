namespace Eformer.Pool.Tests.Runs;

/// <summary>Variables that only a pool sets, and names that no variable can have.</summary>
public class ReservedVariablesTests
{
    [Theory]
    [InlineData("TPU_HOST_ID"), InlineData("tpu_slice_name"), InlineData("Tpu_"), InlineData("MEGASCALE_PORT"), InlineData("EXECUTOR_CALL_INDEX")]
    [InlineData("EFORMER_FENCE_TOKEN"), InlineData("EFORMER_RUNNER_ID"), InlineData("eformer_anything")]
    public void The_pools_own_variables_are_refused(string name) => Refuses("ReservedVariable", name, "1");

    [Theory]
    [InlineData("", "1"), InlineData("A=B", "1"), InlineData("=", "1"), InlineData("A\0B", "1"), InlineData("A", "1\02"), InlineData("\0", "")]
    public void Impossible_ones_are_refused(string name, string value) => Refuses("InvalidEnvironment", name, value);

    [Theory]
    [InlineData("A", ""), InlineData("TPU", "1"), InlineData("MY_TPU_ID", "=x"), InlineData("PATH", "/bin"), InlineData("\u00e9", "\u2713\n")]
    public void All_others_are_the_users(string name, string value) => ReservedVariables.Check([KeyValuePair.Create(name, value)]);

    private static void Refuses(string errorId, string name, string value)
    {
        SlicePoolException error = Assert.Throws<SlicePoolException>(() => ReservedVariables.Check([KeyValuePair.Create("GOOD", "1"), KeyValuePair.Create(name, value)]));
        Assert.Equal((errorId, PoolErrorCategory.InvalidArgument), (error.ErrorId, error.Category));
        Assert.DoesNotContain('\0', error.Message);
    }
}
