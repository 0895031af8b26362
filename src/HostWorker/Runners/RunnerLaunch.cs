using System.ComponentModel;
using System.Diagnostics;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Eformer.Pool.HostWorker.Runners.Containment;
using Eformer.Pool.HostWorker.Runners.Inside;
using Eformer.Pool.HostWorker.Runners.Protocol;

namespace Eformer.Pool.HostWorker.Runners;

/// <summary>The steps from nothing to a runner that has said hello.</summary>
internal sealed class RunnerLaunch : IDisposable
{
    private const int MaxSocketPath = 107;
    private const int NameLength = 12;
    private readonly Socket _listener;
    private readonly string _token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
    private readonly string _socketPath;
    private readonly RunnerStart _start;

    /// <summary>Opens the socket that the runner will connect to.</summary>
    /// <exception cref="SlicePoolException"><c>SocketPathTooLong</c>, or <c>RunnerStartFailed</c> when it cannot be made.</exception>
    public RunnerLaunch(RunnerStart start)
    {
        _start = start;
        RunnerId = ProcessTree.TagOf(start.SocketDirectory) + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        CheckFolder(start.SocketDirectory);
        _socketPath = PathIn(start.SocketDirectory, RunnerId);
        _listener = Listen(_socketPath);
    }

    /// <summary>Makes sure that the paths of sockets in a folder are short enough.</summary>
    /// <exception cref="SlicePoolException"><c>SocketPathTooLong</c>.</exception>
    public static void CheckFolder(string folder)
    {
        string path = PathIn(folder, new string('0', NameLength));
        if (Encoding.UTF8.GetByteCount(path) > MaxSocketPath)
        {
            throw new SlicePoolException(
                "SocketPathTooLong",
                PoolErrorCategory.InvalidArgument,
                $"The path of the runners' socket is longer than the {MaxSocketPath} bytes a Unix socket allows: '{path}'.",
                "Give the agent a state folder with a shorter path with --state; for a local pool set TMPDIR to a shorter one.",
                folder);
        }
    }

    private static string PathIn(string folder, string runnerId) => Path.Combine(folder, runnerId[^NameLength..]);

    /// <summary>The id that marks the runner and its children.</summary>
    public string RunnerId { get; }

    /// <summary>The cgroup that the runner puts itself into, made with its process; null where none can be made.</summary>
    public RunnerCgroup? Cgroup { get; private set; }

    /// <summary>Starts the process.</summary>
    public Process Spawn()
    {
        ProcessStartInfo info = new(_start.Executable, RunnerSettings.Arguments(_start.Engine))
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = _start.WorkingDirectory ?? "",
        };
        RunnerEnvironment.Clean(info);
        info.Environment[RunnerSettings.SocketVariable] = _socketPath;
        info.Environment[RunnerSettings.TokenVariable] = _token;
        info.Environment[ProcessTree.MarkerVariable] = RunnerId;
        Cgroup = RunnerCgroup.TryMake(RunnerId);
        if (Cgroup is not null)
        {
            info.Environment[RunnerSettings.CgroupVariable] = Cgroup.Path;
        }

        Process process = Start(info);
        process.StandardInput.Close();
        return process;
    }

    private Process Start(ProcessStartInfo info)
    {
        try
        {
            return Process.Start(info)!;
        }
        catch (Win32Exception e)
        {
            Cgroup?.TryRemove();
            throw RunnerStartErrors.NoProcess(info.FileName, e);
        }
    }

    /// <summary>Waits until the runner has connected and proved who it is. Others are turned away.</summary>
    public async Task<AgentChannel> AcceptAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            AgentChannel channel = new(await _listener.AcceptAsync(cancellationToken).ConfigureAwait(false));
            if (await IsOurRunnerAsync(channel, cancellationToken).ConfigureAwait(false))
            {
                return channel;
            }

            channel.Dispose();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // Takes the socket's file along; what it cannot remove goes when the agent starts the next time.
        _listener.Dispose();
    }

    private static Socket Listen(string path)
    {
        Socket? listener = null;
        try
        {
            listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            listener.Bind(new UnixDomainSocketEndPoint(path));
            listener.Listen(1);
            return listener;
        }
        catch (SocketException e)
        {
            listener?.Dispose();
            throw RunnerStartErrors.NoSocket(path, e);
        }
    }

    private async Task<bool> IsOurRunnerAsync(AgentChannel channel, CancellationToken cancellationToken)
    {
        try
        {
            return await channel.ReceiveAsync(cancellationToken).ConfigureAwait(false) is { } frame
                && CryptographicOperations.FixedTimeEquals(
                    Encoding.UTF8.GetBytes(HelloBody.Read(frame).Token),
                    Encoding.UTF8.GetBytes(_token));
        }
        catch (ProtocolException)
        {
            // Whoever this is, it is not the runner; the wait for that one goes on.
            return false;
        }
    }
}
