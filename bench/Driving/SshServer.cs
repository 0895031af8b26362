using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;

namespace Eformer.Pool.Bench.Driving;

/// <summary>The installed OpenSSH server, on a port of loopback and with keys that are thrown away, which starts pwsh for sessions.</summary>
internal sealed class SshServer : IAsyncDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(50);

    // A server that root starts wants it, and only the system's own service makes it.
    private const string Separation = "/run/sshd";
    private readonly DirectoryInfo _folder;
    private readonly Process _process;

    private readonly bool _madeSeparation;

    private SshServer(DirectoryInfo folder, bool madeSeparation, Process process, int port) =>
        (_folder, _madeSeparation, _process, Port) = (folder, madeSeparation, process, port);

    /// <summary>The programs it needs that are not installed.</summary>
    public static IReadOnlyList<string> Missing { get; } =
        [.. new[] { "sshd", "ssh", "ssh-keygen" }.Where(program => Installed.Find(program) is null)];

    /// <summary>Where it listens.</summary>
    public int Port { get; }

    /// <summary>Who may come in: the user who runs this.</summary>
    public static string UserName => Environment.UserName;

    /// <summary>The key that lets him in.</summary>
    public string KeyFile => KeyIn(_folder, "user");

    /// <summary>Starts it.</summary>
    /// <param name="pwsh">The pwsh that sessions get.</param>
    public static async Task<SshServer> StartAsync(string pwsh)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("ef-ssh-");
        await MakeKeyAsync(KeyIn(folder, "host"));
        await MakeKeyAsync(KeyIn(folder, "user"));
        int port = FreePorts.Take(1)[0];
        string settings = Path.Combine(folder.FullName, "sshd_config");
        await File.WriteAllTextAsync(settings, Settings(folder, port, pwsh));
        bool makesSeparation = Environment.IsPrivilegedProcess && !Directory.Exists(Separation);
        if (makesSeparation)
        {
            Directory.CreateDirectory(Separation);
        }

        // It wants to be called by its full path, to call itself again for each connection.
        SshServer server = new(folder, makesSeparation, Process.Start(Installed.Find("sshd")!, ["-D", "-f", settings]), port);
        await server.ListensAsync();
        return server;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        _folder.Delete(recursive: true);
        if (_madeSeparation)
        {
            Directory.Delete(Separation);
        }
    }

    private static string KeyIn(DirectoryInfo folder, string whose) => Path.Combine(folder.FullName, $"{whose}_key");

    private static async Task MakeKeyAsync(string file)
    {
        using Process process = Process.Start(Installed.Find("ssh-keygen")!, ["-q", "-t", "ed25519", "-N", "", "-f", file]);
        await process.WaitForExitAsync();
    }

    private static string Settings(DirectoryInfo folder, int port, string pwsh) => string.Create(CultureInfo.InvariantCulture, $"""
        ListenAddress 127.0.0.1:{port}
        HostKey {KeyIn(folder, "host")}
        AuthorizedKeysFile {KeyIn(folder, "user")}.pub
        PermitRootLogin prohibit-password
        PasswordAuthentication no
        KbdInteractiveAuthentication no
        StrictModes no
        UsePAM no
        PidFile none
        MaxStartups 64
        LogLevel ERROR
        Subsystem powershell {pwsh} -sshs -NoLogo -NoProfile

        """);

    private async Task ListensAsync()
    {
        long start = Stopwatch.GetTimestamp();
        while (true)
        {
            using Socket socket = new(SocketType.Stream, ProtocolType.Tcp);
            try
            {
                await socket.ConnectAsync("127.0.0.1", Port);
                return;
            }
            catch (SocketException) when (!_process.HasExited && Stopwatch.GetElapsedTime(start) < s_patience)
            {
                // It is not there yet.
                await Task.Delay(s_look, TimeProvider.System);
            }
        }
    }
}
