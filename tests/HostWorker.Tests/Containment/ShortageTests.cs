using System.Diagnostics;
using Eformer.Pool.HostWorker.Runners;
using Eformer.Pool.HostWorker.Runners.Containment;

namespace Eformer.Pool.HostWorker.Tests.Containment;

/// <summary>Where file descriptors are short, nothing is told to be gone that was not seen to be.</summary>
public sealed class ShortageTests
{
    private const int TooManyOpenFiles = 24;

    [Fact]
    public async Task A_tree_that_cannot_be_looked_at_counts_as_alive_and_its_root_is_killed_all_the_same()
    {
        using Process root = Process.Start("sleep", ["1000"]);
        bool isShort = true;
        ProcessTree tree = new(root.Id, "none")
        {
            Look = () => isShort ? throw new IOException("Too many open files", TooManyOpenFiles) : ProcessTable.ReadAll(),
            KillRoot = root.Kill,
        };
        Assert.True(tree.HasOthers());
        Assert.True(tree.AskOthersToEnd());
        Assert.Contains("file descriptors", tree.Describe(), StringComparison.Ordinal);
        Assert.False(root.HasExited);
        Assert.False(await tree.KillAsync(TimeSpan.Zero, TimeProvider.System));
        await root.WaitForExitAsync(TestContext.Current.CancellationToken);
        isShort = false;
        Assert.True(await tree.KillAsync(TimeSpan.FromSeconds(10), TimeProvider.System));
    }

    [Theory]
    [InlineData(12, true), InlineData(23, true), InlineData(TooManyOpenFiles, true), InlineData(2, false), InlineData(3, false)]
    public void Only_a_lack_of_means_leaves_a_file_untold(int error, bool isShort) => Assert.Equal(isShort, Shortage.Is(new IOException("", error)));

    [Theory]
    [InlineData(1024, 1024 - DescriptorReserve.Kept, null)]
    [InlineData(1024, 1025 - DescriptorReserve.Kept, "977 of at most 1024 files")]
    [InlineData(256, 250, "250 of at most 256 files")]
    public void A_runner_does_not_take_the_agents_last_descriptors(int limit, int open, string? why)
    {
        string limits = $"Limit                     Soft Limit           Hard Limit           Units     \nMax open files            {limit,-20} 524288               files     \n";
        string? judged = DescriptorReserve.Judge(open, limits);
        Assert.Equal(why is null, judged is null);
        Assert.Contains(why ?? "", judged ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_system_does_not_tell_is_no_reason() => Assert.Null(DescriptorReserve.Judge(1000, "Max open files            unlimited            unlimited            files     \n"));
}
