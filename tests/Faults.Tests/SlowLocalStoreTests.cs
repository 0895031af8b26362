using Eformer.Pool.Faults.Tests.Support;
using Xunit;

namespace Eformer.Pool.Faults.Tests;

/// <summary>A local pool's store that gets no turn just when it has said that it is ready, as on a machine that starts many runners.</summary>
public sealed class SlowLocalStoreTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("eft-");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Its_pool_is_made_all_the_same()
    {
        await WriteWorkerAsync();
        await using SlicePoolManager pool = await SlicePoolManager.OpenAsync(new SlicePoolOptions { HostsPerSlice = 1, WorkerFolder = _folder.FullName }, Token);
        Assert.True(File.Exists(Path.Combine(_folder.FullName, "paused")));
        await pool.ScaleMultisliceAsync(1, Token);
        await pool.SucceedAsync("1");
    }

    // The worker program, but its store stands still for longer than one attempt to connect may take.
    private async Task WriteWorkerAsync()
    {
        string file = Path.Combine(_folder.FullName, "eformer-host");
        await File.WriteAllTextAsync(
            file,
            $$"""
            #!/bin/sh
            if [ "$1" != store ]; then exec '{{HostExecutable.Path}}' "$@"; fi
            cd '{{_folder.FullName}}' && mkfifo said && exec 4<&0
            '{{HostExecutable.Path}}' "$@" <&4 >said &
            read -r ready <said
            kill -STOP $!
            echo "$ready"
            sleep 6
            echo >paused
            kill -CONT $!
            wait $!
            """,
            Token);
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.UserWrite);
    }
}
