using System.Diagnostics;
using System.Net.Sockets;
using Eformer.Pool.HostWorker.Runners.Containment;
using Eformer.Pool.HostWorker.Runners.Protocol;

namespace Eformer.Pool.HostWorker.Runners;

/// <summary>A runner's process between its start and the opening of its runspace. On failure nothing is left of it.</summary>
internal sealed record RunnerBirth(Process Process, ProcessTree Tree, RunnerOutput Output, TimeProvider Clock)
{
    private static readonly TimeSpan s_killPatience = TimeSpan.FromSeconds(10);

    /// <summary>Waits until the runner is ready.</summary>
    /// <exception cref="SlicePoolException"><c>RunnerStartFailed</c>.</exception>
    public async Task<AgentChannel> WaitAsync(RunnerLaunch launch, RunnerStart start, CancellationToken cancellationToken)
    {
        using CancellationTokenSource timeout = new(start.Timeout, Clock);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        Task<AgentChannel> greeting = GreetAsync(launch, either.Token);
        try
        {
            Task first = await Task.WhenAny(greeting, Process.WaitForExitAsync(either.Token)).ConfigureAwait(false);
            if (first != greeting)
            {
                await either.CancelAsync().ConfigureAwait(false);
            }

            return await greeting.ConfigureAwait(false);
        }
        catch (Exception e) when (e is OperationCanceledException or ProtocolException or SocketException)
        {
            bool ended = Process.HasExited;
            await Tree.KillAsync(s_killPatience, Clock).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            throw await FailureAsync(start, ended, e).ConfigureAwait(false);
        }
    }

    private static async Task<AgentChannel> GreetAsync(RunnerLaunch launch, CancellationToken cancellationToken)
    {
        AgentChannel channel = await launch.AcceptAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            Frame? ready = await channel.ReceiveAsync(cancellationToken).ConfigureAwait(false);
            return ready?.Type == FrameType.Ready
                ? channel
                : throw new ProtocolException(ready is null ? "it closed the line" : $"it sent a {ready.Value.Type} frame too early");
        }
        catch
        {
            channel.Dispose();
            throw;
        }
    }

    private async Task<SlicePoolException> FailureAsync(RunnerStart start, bool ended, Exception cause)
    {
        string lastWords = await Output.GetLastWordsAsync(Clock).ConfigureAwait(false);
        string what = ended ? $"it ended with exit code {Process.ExitCode}"
            : cause is OperationCanceledException ? $"it was not ready within {start.Timeout.TotalSeconds:0} s"
            : cause.Message;
        return new SlicePoolException(
            "RunnerStartFailed",
            PoolErrorCategory.ResourceUnavailable,
            $"A runner on {start.Engine.Description} could not be started: {what}. {lastWords}".TrimEnd(),
            "Look at the worker's log; check its limits on processes and memory, and that the engine's folder is complete.",
            start.Name,
            cause);
    }
}
