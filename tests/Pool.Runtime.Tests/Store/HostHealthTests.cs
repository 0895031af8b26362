using Eformer.Pool.Store;

namespace Eformer.Pool.Tests.Store;

public sealed class HostHealthTests
{
    [Theory]
    [InlineData("its fence file '/data/ä b' cannot be written", "its fence file '/data/ä b' cannot be written")]
    [InlineData("gone\e[2J\a", "gone\\u001B[2J\\u0007")]
    [InlineData("one\ntwo\tthree\u0085four", "one two three four")]
    [InlineData("", "")]
    [InlineData(null, "")]
    public void What_a_host_says_does_nothing_to_a_terminal(string? said, string shown) =>
        Assert.Equal(shown, new HostHealth(HostCondition.RunnerFailed, said!, 0).Why);
}
