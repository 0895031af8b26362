using Eformer.Pool.HostWorker.Runners.Containment;
using Eformer.Pool.HostWorker.Runners.Inside;

namespace Eformer.Pool.HostWorker.Agent;

/// <summary>Ends runners that an agent left behind when it died, with all they started.</summary>
/// <remarks>A runner ends by itself when its agent's socket closes; this is for the one that could not.</remarks>
internal static class LeftoverRunners
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    /// <exception cref="SlicePoolException"><c>HostNotClear</c>: something of an earlier lease cannot be ended.</exception>
    public static async Task EndAsync(string socketFolder, TimeProvider clock, CancellationToken cancellationToken)
    {
        foreach ((int pid, string runnerId) in Find(socketFolder))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!await new ProcessTree(pid, runnerId).KillAsync(s_patience, clock))
            {
                throw new SlicePoolException(
                    "HostNotClear",
                    PoolErrorCategory.ResourceBusy,
                    $"Process {pid} of an earlier lease cannot be ended.",
                    "It hangs in the kernel; restart this machine, then the agent.",
                    pid);
            }
        }

        foreach (string socket in Directory.EnumerateFiles(socketFolder))
        {
            File.Delete(socket);
        }
    }

    private static IEnumerable<(int Pid, string RunnerId)> Find(string socketFolder)
    {
        string prefix = $"{RunnerSettings.SocketVariable}={socketFolder}{Path.DirectorySeparatorChar}";
        foreach (ProcessEntry process in ProcessTable.ReadAll())
        {
            string[] variables = ProcessTable.ReadVariables(process.Pid);
            string? id = Array.Find(variables, variable => variable.StartsWith(ProcessTree.MarkerVariable + "=", StringComparison.Ordinal));
            if (id is not null && Array.Exists(variables, variable => variable.StartsWith(prefix, StringComparison.Ordinal)))
            {
                yield return (process.Pid, id[(ProcessTree.MarkerVariable.Length + 1)..]);
            }
        }
    }
}
