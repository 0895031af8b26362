using System.Diagnostics;
using System.Globalization;
using Eformer.Pool.Store;
using Xunit;

namespace Eformer.Pool.RedisStore.Tests;

/// <summary><c>eformer-host store</c>, as a process.</summary>
public sealed class StoreServerTests : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly string _parent = Directory.CreateTempSubdirectory("eformer-test-host-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Folder => Path.Combine(_parent, "store");

    public void Dispose() => Directory.Delete(_parent, recursive: true);

    [Fact]
    public async Task It_ends_with_its_owner_and_leaves_nothing()
    {
        using Process process = await StartAsync("--ephemeral");
        StoreFile file = await StoreFile.ReadAsync(StoreFile.PathIn(Folder), Token);
        Assert.Equal(64, file.Password.Length);
        Assert.Equal(OwnerOnly, File.GetUnixFileMode(StoreFile.PathIn(Folder)));
        Assert.Equal(OwnerOnly | UnixFileMode.UserExecute, File.GetUnixFileMode(Folder));
        await (await StoreLoader.OpenAsync(file.ToOptions("f"), Token)).DisposeAsync();
        process.StandardInput.Close();
        await AssertEndsAsync(process);
        Assert.False(Directory.Exists(Folder));
    }

    [Fact]
    public async Task It_ends_on_request_and_keeps_a_folder_that_is_not_ephemeral()
    {
        using Process process = await StartAsync();
        await Signals.SendAsync(process.Id, "TERM", Token);
        await AssertEndsAsync(process);
        Assert.True(Directory.Exists(Folder));
        Assert.False(File.Exists(StoreFile.PathIn(Folder)));
    }

    [Fact]
    public async Task One_that_was_killed_comes_back_where_it_was_and_one_that_ended_does_not()
    {
        StoreFile first, second, third;
        using (Process process = await StartAsync())
        {
            first = await StoreFile.ReadAsync(StoreFile.PathIn(Folder), Token);
            process.Kill();
            await process.WaitForExitAsync(Token);
        }

        using (Process process = await StartAsync())
        {
            second = await StoreFile.ReadAsync(StoreFile.PathIn(Folder), Token);
            await (await StoreLoader.OpenAsync(first.ToOptions("f"), Token)).DisposeAsync();
            process.StandardInput.Close();
            await AssertEndsAsync(process);
        }

        using (Process process = await StartAsync())
        {
            third = await StoreFile.ReadAsync(StoreFile.PathIn(Folder), Token);
            process.StandardInput.Close();
            await AssertEndsAsync(process);
        }

        Assert.Equal(first, second);
        Assert.NotEqual(second.Password, third.Password);
    }

    [Fact]
    public async Task It_ends_when_its_owner_is_killed()
    {
        const string Script = """{ sh -c 'echo $$ >&3; exec sleep 600' | "$0" store --owned --ephemeral --directory "$1"; } 3>&1 2>/dev/null""";
        using Process shell = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", Script, HostExecutable.Path, Folder]) { RedirectStandardOutput = true })!;
        string[] lines = [(await shell.StandardOutput.ReadLineAsync(Token))!, (await shell.StandardOutput.ReadLineAsync(Token))!];
        Assert.Single(lines, line => line.StartsWith("ready ", StringComparison.Ordinal));
        using Process owner = Process.GetProcessById(int.Parse(lines.Single(line => char.IsDigit(line[0])), CultureInfo.InvariantCulture));
        owner.Kill();
        await AssertEndsAsync(shell);
        Assert.False(Directory.Exists(Folder));
    }

    [Fact]
    public async Task What_others_put_into_its_folder_stays()
    {
        Directory.CreateDirectory(Folder, OwnerOnly | UnixFileMode.UserExecute);
        string other = Path.Combine(Folder, "notes.txt");
        await File.WriteAllTextAsync(other, "mine", Token);
        using Process process = await StartAsync("--ephemeral");
        process.StandardInput.Close();
        await AssertEndsAsync(process);
        Assert.Equal([other], Directory.GetFileSystemEntries(Folder));
    }

    [Fact]
    public async Task A_folder_that_others_may_enter_is_refused()
    {
        Directory.CreateDirectory(Folder, OwnerOnly | UnixFileMode.UserExecute | UnixFileMode.OtherRead);
        (int exitCode, string errors) = await FailAsync("--ephemeral");
        Assert.Equal(1, exitCode);
        Assert.Contains(Folder, errors, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(Folder));
    }

    [Fact]
    public async Task Ctrl_c_in_the_owners_terminal_does_not_end_it()
    {
        using Process process = await StartAsync("--ephemeral");
        await Signals.SendAsync(process.Id, "INT", Token);
        StoreFile file = await StoreFile.ReadAsync(StoreFile.PathIn(Folder), Token);
        await (await StoreLoader.OpenAsync(file.ToOptions("f"), Token)).DisposeAsync();
        process.StandardInput.Close();
        await AssertEndsAsync(process);
    }

    [Fact]
    public async Task A_port_that_is_taken_is_an_error_that_says_so()
    {
        using System.Net.Sockets.TcpListener taken = new(System.Net.IPAddress.Loopback, 0);
        taken.Start();
        int port = ((System.Net.IPEndPoint)taken.LocalEndpoint).Port;
        (int exitCode, string errors) = await FailAsync("--ephemeral", "--port", port.ToString(CultureInfo.InvariantCulture));
        Assert.Equal(1, exitCode);
        Assert.Contains($"127.0.0.1:{port}", errors, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Folder));
    }

    private async Task<(int ExitCode, string Errors)> FailAsync(params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(HostExecutable.Path, ["store", "--directory", Folder, .. arguments])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        })!;
        string errors = await process.StandardError.ReadToEndAsync(Token);
        Assert.Empty(await process.StandardOutput.ReadToEndAsync(Token));
        await process.WaitForExitAsync(Token);
        return (process.ExitCode, errors);
    }

    private async Task<Process> StartAsync(params string[] arguments)
    {
        Process process = ServerLauncher.StartHost(["--directory", Folder, .. arguments]);
        string? line = await process.StandardOutput.ReadLineAsync(Token);
        Assert.Matches(@"^ready 127\.0\.0\.1:\d+$", line);
        return process;
    }

    private static async Task AssertEndsAsync(Process process)
    {
        Assert.Empty(await process.StandardOutput.ReadToEndAsync(Token));
        await process.WaitForExitAsync(Token);
        Assert.Equal(0, process.ExitCode);
    }
}
