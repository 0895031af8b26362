using Microsoft.Extensions.Logging;

namespace Eformer.Pool.HostWorker.Preemption;

/// <summary>Asks all who may announce a preemption, each at its own pace, and tells when the answer changes. Thread-safe.</summary>
/// <remarks>
/// Who does not answer is taken at its last word, which is "no" at first: unknown is not preempted. But it is said, once until
/// it answers again.
/// </remarks>
/// <param name="notices">Whom to ask. Where several announce, the first one's reason counts.</param>
/// <param name="onChanged">Told the reason, or null when the announcement was taken back. Called by one thread at a time; must not throw.</param>
/// <param name="clock">Times the asking.</param>
/// <param name="logger">Is told who does not answer.</param>
internal sealed partial class PreemptionWatch(
    IReadOnlyList<IPreemptionNotice> notices, Action<string?> onChanged, TimeProvider clock, ILogger logger) : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly string?[] _answers = new string?[notices.Count];
    private readonly bool[] _complained = new bool[notices.Count];
    private readonly CancellationTokenSource _end = new();
    private Task _asking = Task.CompletedTask;
    private string? _current;

    /// <summary>Why this machine will be taken away; null when nothing of the kind is announced.</summary>
    public string? Current
    {
        get
        {
            lock (_gate)
            {
                return _current;
            }
        }
    }

    /// <summary>Asks everybody once, so that what is announced already is known when this returns, and goes on asking. Call once.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled before all had answered.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await Task.WhenAll(Enumerable.Range(0, notices.Count).Select(index => AskAsync(index, cancellationToken)));
        _asking = Task.WhenAll(Enumerable.Range(0, notices.Count).Select(AskForeverAsync));
    }

    /// <summary>Stops asking. Nothing is told after this returns.</summary>
    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _asking;
        _end.Dispose();
    }

    private async Task AskForeverAsync(int index)
    {
        using PeriodicTimer timer = new(notices[index].Period, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(_end.Token))
            {
                await AskAsync(index, _end.Token);
            }
        }
        catch (OperationCanceledException) when (_end.IsCancellationRequested)
        {
            // That is how it ends.
        }
    }

    private async Task AskAsync(int index, CancellationToken cancellationToken)
    {
        string? answer;
        try
        {
            answer = await notices[index].ReadAsync(cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            Complain(index, exception);
            return;
        }

        Take(index, answer);
    }

    private void Take(int index, string? answer)
    {
        lock (_gate)
        {
            _complained[index] = false;
            _answers[index] = answer;
            string? now = _answers.FirstOrDefault(reason => reason is not null);
            if (now != _current)
            {
                _current = now;
                LogChanged(now ?? "no preemption is announced any more");
                onChanged(now);
            }
        }
    }

    private void Complain(int index, Exception exception)
    {
        lock (_gate)
        {
            if (!_complained[index])
            {
                _complained[index] = true;
                LogUnknown(notices[index].Source, exception.Message, _answers[index] ?? "no preemption");
            }
        }
    }

    [LoggerMessage(751, LogLevel.Warning, "Preemption: {Reason}")]
    private partial void LogChanged(string reason);

    [LoggerMessage(752, LogLevel.Warning, "Whether this machine will be preempted cannot be told by {Source}: {Why} Until it can, this holds: {Last}")]
    private partial void LogUnknown(string source, string why, string last);
}
