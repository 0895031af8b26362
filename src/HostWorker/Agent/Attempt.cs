namespace Eformer.Pool.HostWorker.Agent;

/// <summary>One attempt that runs on a host. The first cause to stop it stays its cause.</summary>
internal sealed class Attempt(string runId, int number) : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _cause;

    public string RunId { get; } = runId;

    public int Number { get; } = number;

    public StopCause Cause => (StopCause)Volatile.Read(ref _cause);

    public CancellationToken StopToken => _stop.Token;

    /// <summary>Completes when nothing of the attempt runs any more.</summary>
    public Task Ended => _ended.Task;

    public void Stop(StopCause cause)
    {
        if (!_ended.Task.IsCompleted && Interlocked.CompareExchange(ref _cause, (int)cause, (int)StopCause.None) == (int)StopCause.None)
        {
            try
            {
                _stop.Cancel();
            }
            catch (ObjectDisposedException)
            {
                // It ended by itself a moment ago.
            }
        }
    }

    /// <summary>Completes when what goes on after the attempt's outcome has ended; null when nothing does.</summary>
    public Task? Remains { get; private set; }

    /// <summary>Notes, before its outcome is told, that something of the attempt goes on after that.</summary>
    public void Leave(Task remains) => Remains = remains;

    public void MarkEnded() => _ended.TrySetResult();

    public void Dispose() => _stop.Dispose();
}
