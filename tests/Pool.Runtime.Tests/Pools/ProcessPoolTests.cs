using System.Diagnostics;
using Eformer.Pool.Samples;

namespace Eformer.Pool.Tests.Pools;

public sealed class ProcessPoolTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Processes_are_kept_replaced_and_ended()
    {
        await using ProcessPoolManager pool = new("sleep", "600");
        await pool.ScaleActorPoolAsync(2, Token);
        int[] first = Ids(pool);
        await pool.ScaleActorPoolAsync(4, Token);
        Assert.Equal(first, Ids(pool)[..2]);

        await KillAsync(first[0]);
        await pool.ScaleActorPoolAsync(4, Token);
        int[] healed = Ids(pool);
        Assert.NotEqual(first[0], healed[0]);
        Assert.Equal(first[1], healed[1]);
        Assert.All(healed, id => Assert.True(Runs(id)));

        await pool.ScaleActorPoolAsync(1, Token);
        Assert.Equal(healed[..1], Ids(pool));
        Assert.All(healed[1..], id => Assert.False(Runs(id)));
        await pool.DrainActorPoolAsync(Token);
        Assert.False(Runs(healed[0]));
    }

    [Fact]
    public async Task A_program_that_does_not_exist_is_an_error_and_no_member()
    {
        await using ProcessPoolManager pool = new("/nowhere/program");
        await Assert.ThrowsAsync<System.ComponentModel.Win32Exception>(() => pool.ScaleActorPoolAsync(2, Token));
        Assert.Empty(pool.GetAllPoolMembers());
    }

    [Fact]
    public async Task The_sample_prints_its_table()
    {
        using StringWriter table = new();
        await Demonstration.RunAsync(table, Token);
        string[] lines = table.ToString().ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(7, lines.Length);
        Assert.EndsWith("4  sleep-5  sleep-2  sleep-3  sleep-4", lines[4], StringComparison.Ordinal);
        Assert.EndsWith("1  sleep-5", lines[5], StringComparison.Ordinal);
        Assert.EndsWith("0", lines[6], StringComparison.Ordinal);
    }

    private static int[] Ids(ProcessPoolManager pool) => [.. pool.GetAllPoolMembers().Select(member => member.ActorInfo.ProcessId)];

    private static async Task KillAsync(int processId)
    {
        using Process process = Process.GetProcessById(processId);
        process.Kill();
        await process.WaitForExitAsync(Token);
    }

    private static bool Runs(int processId)
    {
        try
        {
            using Process process = Process.GetProcessById(processId);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
