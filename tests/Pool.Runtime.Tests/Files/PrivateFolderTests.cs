using Eformer.Pool.Files;

namespace Eformer.Pool.Tests.Files;

public sealed class PrivateFolderTests
{
    [Theory]
    [InlineData(true, null, "", "/var/lib/eformer-pool")]
    [InlineData(false, null, "/home/ann", "/home/ann/.local/state/eformer-pool")]
    [InlineData(false, "/state", "", "/state/eformer-pool")]
    public void State_is_kept_where_the_system_or_the_user_wants_it(bool isRoot, string? configured, string home, string expected) =>
        Assert.Equal(expected, PrivateFolder.StateRoot(isRoot, configured, home));

    // Below the folder where somebody happens to be keys would be found by some and seen by others.
    [Theory, InlineData(null), InlineData("")]
    public void Without_a_home_it_is_not_kept_where_the_user_happens_to_be(string? configured)
    {
        SlicePoolException error = Assert.Throws<SlicePoolException>(() => PrivateFolder.StateRoot(isRoot: false, configured, home: ""));
        Assert.Equal("NoStateFolder", error.ErrorId);
        Assert.Contains("XDG_STATE_HOME", error.RecommendedAction, StringComparison.Ordinal);
    }
}
