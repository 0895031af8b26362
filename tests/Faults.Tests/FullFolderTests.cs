using System.Diagnostics;
using Eformer.Pool.Faults.Tests.Support;
using Eformer.Pool.Store;
using StackExchange.Redis;
using Xunit;

namespace Eformer.Pool.Faults.Tests;

/// <summary>An embedded store whose folder fills up while it runs.</summary>
public sealed class FullFolderTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    // What is a string lies in the store's log itself; what is more than that lies in a log of its own.
    [Theory, InlineData(RedisType.String), InlineData(RedisType.Hash)]
    public async Task It_ends_with_the_reason_and_leases_are_kept_when_it_is_started_again_with_room(RedisType kind)
    {
        string disk = Directory.CreateTempSubdirectory("eft-full-").FullName;
        try
        {
            Assert.SkipUnless(await CallAsync("mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", disk), "A small disk could not be mounted here: a folder that fills up was not tested.");
            await FillAsync(kind, disk, Path.Combine(disk, "store"));
        }
        finally
        {
            await CallAsync("umount", disk);
            Directory.Delete(disk, recursive: true);
        }
    }

    private static async Task FillAsync(RedisType kind, string disk, string directory)
    {
        Process store = Start(directory);
        Task<string> complaints = store.StandardError.ReadToEndAsync(Token);
        Assert.StartsWith("ready", await store.StandardOutput.ReadLineAsync(Token), StringComparison.Ordinal);
        await using TestServer server = new(StartNext(store, directory), directory, await StoreFile.ReadAsync(StoreFile.PathIn(directory), Token));
        await using Fleet fleet = await Fleet.CreateAsync(server);
        await fleet.StartAgentAsync();
        SlicePoolManager pool = await fleet.OpenPoolAsync(leaseSec: 120);
        string lease = pool.GetAllActorsInPool()[0].Id;
        await Eventually.AnswersAsync(FloodAsync(store, fleet.Raw, kind), Token);
        Assert.Equal(1, store.ExitCode);
        Assert.Contains($"The store cannot go on: its folder '{directory}' could not be written: System.IO.IOException: No space left on device. Make room there", await complaints, StringComparison.Ordinal);

        Assert.True(await CallAsync("mount", "-o", "remount,size=400m", disk));
        await server.StartAgainAsync(Token);
        await Retry.UntilReachableAsync(() => pool.SucceedsSoonAsync("1"));
        Assert.Equal((PoolState.Active, lease), (pool.State, pool.GetAllActorsInPool()[0].Id));
    }

    // New keys and ever more of them: what a run writes may find room in what another has left.
    private static async Task FloodAsync(Process store, IDatabase raw, RedisType kind)
    {
        byte[] value = new byte[100_000];
        for (int key = 0; !store.HasExited; key++)
        {
            try
            {
                await (kind == RedisType.Hash ? raw.HashSetAsync($"flood:{key}", "value", value) : raw.StringSetAsync($"flood:{key}", value));
            }
            catch (Exception exception) when (exception is RedisException or TimeoutException)
            {
                // It hangs, or is gone: the next look tells which.
            }
        }
    }

    // The first time it is the one that was started already, whose complaints are read.
    private static Func<Process> StartNext(Process first, string directory)
    {
        Process? started = first;
        return () => Interlocked.Exchange(ref started, null) ?? Start(directory);
    }

    private static Process Start(string directory) => Process.Start(new ProcessStartInfo(HostExecutable.Path, ["store", "--owned", "--directory", directory])
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;

    private static async Task<bool> CallAsync(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        await Eventually.AnswersAsync(process.WaitForExitAsync(CancellationToken.None), CancellationToken.None);
        return process.ExitCode == 0;
    }
}
