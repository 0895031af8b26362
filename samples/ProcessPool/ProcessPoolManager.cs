using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Eformer.Pool.Samples;

/// <summary>A pool of plain processes that all run the same program. Linux and macOS. Thread-safe.</summary>
/// <param name="program">The program; it should end on SIGTERM.</param>
/// <param name="arguments">Its arguments.</param>
public sealed partial class ProcessPoolManager(string program, params string[] arguments) : ResourcePoolManager<ProcessInfo>
{
    private const int Terminate = 15;

    // The info is what users see; a live process needs its handle as well, because its id may be given to another.
    private readonly ConcurrentDictionary<string, Process> _processes = new(StringComparer.Ordinal);
    private int _started;

    /// <inheritdoc/>
    public override Task<ActorPoolMember<ProcessInfo>> CreateActorAsync(CancellationToken cancellationToken = default)
    {
        Process process = Process.Start(program, arguments);
        string name = string.Create(CultureInfo.InvariantCulture, $"{Path.GetFileName(program)}-{Interlocked.Increment(ref _started)}");
        _processes[name] = process;
        ProcessInfo info = new(process.Id, string.Join(' ', [program, .. arguments]), Clock.GetLocalNow());
        return Task.FromResult(new ActorPoolMember<ProcessInfo>(new ActorHandle(name, name, 0), info));
    }

    /// <inheritdoc/>
    public override string GetActorNameFromActorInfo(ProcessInfo actorInfo) =>
        string.Create(CultureInfo.InvariantCulture, $"process {actorInfo.ProcessId}");

    /// <inheritdoc/>
    protected override Task<bool> IsHealthyAsync(ActorPoolMember<ProcessInfo> member, CancellationToken cancellationToken) =>
        Task.FromResult(_processes.TryGetValue(member.Actor.Id, out Process? process) && !process.HasExited);

    /// <inheritdoc/>
    protected override Task StopActorAsync(ActorPoolMember<ProcessInfo> member, CancellationToken cancellationToken) =>
        EndAsync(member, process => Signal(process.Id, Terminate), cancellationToken);

    /// <inheritdoc/>
    protected override Task KillActorAsync(ActorPoolMember<ProcessInfo> member) =>
        EndAsync(member, process => process.Kill(entireProcessTree: true), CancellationToken.None);

    private async Task EndAsync(ActorPoolMember<ProcessInfo> member, Action<Process> end, CancellationToken cancellationToken)
    {
        if (_processes.TryGetValue(member.Actor.Id, out Process? process))
        {
            if (!process.HasExited)
            {
                end(process);
            }

            await process.WaitForExitAsync(cancellationToken);
            _processes.TryRemove(member.Actor.Id, out _);
            process.Dispose();
        }
    }

    private static void Signal(int processId, int signal)
    {
        const int noSuchProcess = 3;
        if (SendSignal(processId, signal) != 0 && Marshal.GetLastPInvokeError() is not noSuchProcess and int error)
        {
            throw new Win32Exception(error);
        }
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int SendSignal(int processId, int signal);
}
