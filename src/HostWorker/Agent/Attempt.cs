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

    public void MarkEnded() => _ended.TrySetResult();

    public void Dispose() => _stop.Dispose();
}
