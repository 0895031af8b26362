using System.Diagnostics;
using System.Globalization;
using System.Runtime.Versioning;
using System.Security.Cryptography;

namespace Eformer.Pool.Bench.Driving;

/// <summary>A Slurm cluster of emulated nodes on this machine, in a folder of its own, with one allocation of all of them.</summary>
[SupportedOSPlatform("linux")]
internal sealed class SlurmCluster : IAsyncDisposable
{
    /// <summary>How many nodes it has.</summary>
    public const int Nodes = 8;

    private const int KeyBytes = 128;
    private const UnixFileMode PassableForAll = (UnixFileMode)0b111_101_101;
    private static readonly string[] s_programs = ["munged", "slurmctld", "slurmd", "salloc", "srun", "sinfo"];
    private static readonly string[] s_mungeFiles = ["key-file", "socket", "pid-file", "log-file", "seed-file"];
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_poll = TimeSpan.FromMilliseconds(100);
    private readonly string _folder = Directory.CreateTempSubdirectory("ef-slurm-").FullName;
    private readonly List<Process> _daemons = [];
    private string _job = "";

    /// <summary>What it needs and this machine does not have; empty when nothing is missing.</summary>
    public static IReadOnlyList<string> Missing { get; } = [.. s_programs.Where(static program => Installed.Find(program) is null)];

    private string Configuration => Path.Combine(_folder, "slurm.conf");

    /// <summary>Starts it, waits until all its nodes are idle, and allocates them.</summary>
    public static async Task<SlurmCluster> StartAsync()
    {
        SlurmCluster cluster = new();
        try
        {
            await cluster.WriteFilesAsync();
            cluster.StartDaemons();
            await cluster.AwaitNodesAsync();
            cluster._job = await cluster.AllocateAsync();
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs a program on every node, as a step of the allocation.</summary>
    /// <returns>What all of them printed.</returns>
    public async Task<string> StepAsync(params string[] command) =>
        (await RunAsync("srun", ["--jobid", _job, "-N", Number(Nodes), "-n", Number(Nodes), "--overlap", .. command])).Output;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (Process daemon in Enumerable.Reverse(_daemons))
        {
            daemon.Kill();
            await daemon.WaitForExitAsync();
            daemon.Dispose();
        }

        Directory.Delete(_folder, recursive: true);
    }

    private async Task WriteFilesAsync()
    {
        int[] ports = FreePorts.Take(1 + Nodes);
        // munged wants its socket where everybody can reach it.
        File.SetUnixFileMode(_folder, PassableForAll);
        string key = Path.Combine(_folder, "munge.key-file");
        await File.WriteAllBytesAsync(key, RandomNumberGenerator.GetBytes(KeyBytes));
        File.SetUnixFileMode(key, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Directory.CreateDirectory(Path.Combine(_folder, "state"));
        await File.WriteAllTextAsync(Configuration, SlurmConfiguration.Write(_folder, ports[0], ports[1..]));
    }

    private void StartDaemons()
    {
        StartDaemon("munged", ["-F", .. s_mungeFiles.Select(file => $"--{file}={Path.Combine(_folder, "munge." + file)}")]);
        StartDaemon("slurmctld", ["-D", "-f", Configuration]);
        for (int node = 0; node < Nodes; node++)
        {
            Directory.CreateDirectory(Path.Combine(_folder, SlurmConfiguration.NodeName(node)));
            StartDaemon("slurmd", ["-D", "-N", SlurmConfiguration.NodeName(node), "-f", Configuration]);
        }
    }

    private void StartDaemon(string program, IEnumerable<string> arguments)
    {
        Process daemon = StartProcess(program, arguments);
        _daemons.Add(daemon);
        // Read and dropped, or it would block on a full pipe; what is worth reading is in its log.
        daemon.BeginOutputReadLine();
        daemon.BeginErrorReadLine();
    }

    private async Task AwaitNodesAsync()
    {
        long start = Stopwatch.GetTimestamp();
        string idle = "";
        while (idle != Number(Nodes))
        {
            if (Stopwatch.GetElapsedTime(start) > s_patience)
            {
                throw new InvalidOperationException($"Slurm's nodes were not idle in time: {idle}.");
            }

            await Task.Delay(s_poll, TimeProvider.System);
            idle = (await RunAsync("sinfo", ["--noheader", "--states", "idle", "--format", "%D"], mayFail: true)).Output.Trim();
        }
    }

    private async Task<string> AllocateAsync() =>
        (await RunAsync("salloc", ["-N", Number(Nodes), "--no-shell"])).Errors.Split("allocation ", 2)[1].Split(['\n', ' '], 2)[0];

    private async Task<(string Output, string Errors)> RunAsync(string program, IEnumerable<string> arguments, bool mayFail = false)
    {
        using Process process = StartProcess(program, arguments);
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 || mayFail
            ? (output, await errors)
            : throw new InvalidOperationException($"{program} ended with exit code {process.ExitCode}: {await errors}");
    }

    private Process StartProcess(string program, IEnumerable<string> arguments) => Process.Start(new ProcessStartInfo(Installed.Find(program)!, arguments)
    {
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        Environment = { ["SLURM_CONF"] = Configuration },
    })!;

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
