using Eformer.Pool.HostWorker.Engines;

namespace Eformer.Pool.HostWorker.Runners;

/// <summary>How to start a runner.</summary>
internal sealed record RunnerStart
{
    /// <summary>The engine it shall load.</summary>
    public required EngineInfo Engine { get; init; }

    /// <summary>A folder only this user can enter, for the socket. Its path must be short: sockets allow 107 bytes in all.</summary>
    public required string SocketDirectory { get; init; }

    /// <summary>The program; by default the one that is running.</summary>
    public string Executable { get; init; } = DefaultExecutable();

    /// <summary>Where it starts; null for the agent's own folder.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>What to call it in logs, such as its host's address.</summary>
    public string Name { get; init; } = "runner";

    /// <summary>How long it may take until its runspace is open.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long what a run started may take to end after SIGTERM, when it is told to stop, before its script is stopped.</summary>
    public static readonly TimeSpan ChildGrace = TimeSpan.FromSeconds(2);

    /// <summary>How long user code may usually go on after it was told to stop.</summary>
    public static readonly TimeSpan UsualStopGrace = TimeSpan.FromSeconds(1);

    /// <summary>How long a script may go on after it was told to stop, beside <see cref="ChildGrace"/> where it has started something.</summary>
    public TimeSpan StopGrace { get; init; } = UsualStopGrace;

    /// <summary>How long what is left then may take to end after another SIGTERM, before all of it is killed.</summary>
    public TimeSpan KillGrace { get; init; } = TimeSpan.FromSeconds(1);

    private static string DefaultExecutable()
    {
        // Started as "dotnet eformer-host.dll" the running program is dotnet.
        string name = OperatingSystem.IsWindows() ? "eformer-host.exe" : "eformer-host";
        string? running = Environment.ProcessPath;
        return running is not null && Path.GetFileName(running) == name ? running : Path.Combine(AppContext.BaseDirectory, name);
    }
}
