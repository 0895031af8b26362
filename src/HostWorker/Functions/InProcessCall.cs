using Eformer.Pool.Functions;
using Eformer.Pool.HostWorker.Agent;
using Eformer.Pool.HostWorker.Runners;
using Eformer.Pool.HostWorker.Runners.Protocol;

namespace Eformer.Pool.HostWorker.Functions;

/// <summary>One call in the agent's process. It can be asked to stop and no more: what does not heed that has its end all the same.</summary>
internal sealed class InProcessCall
{
    private static readonly TimeSpan s_grace = RunnerStart.UsualStopGrace;
    private readonly TaskCompletionSource<RunnerEnd> _end = new();
    private readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly FunctionStop _stop;
    private readonly RemoteRequest _request;
    private readonly FunctionInvocation _invocation;
    private readonly Action _onStarted;
    private readonly Attempt _attempt;
    private readonly TimeProvider _clock;
    private readonly CancellationToken _wish;
    private DateTimeOffset _startedAt;
    private long _startedStamp;
    private int _decided;

    /// <summary>Makes a call that is not started yet.</summary>
    /// <param name="request">The function.</param>
    /// <param name="invocation">Takes what it gives.</param>
    /// <param name="stop">Asks it to stop. Disposed of when the function has ended.</param>
    /// <param name="onStarted">Called when it starts.</param>
    /// <param name="attempt">Told when the function goes on after its end.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="wish">Cancelled when it is to stop.</param>
    public InProcessCall(
        RemoteRequest request, FunctionInvocation invocation, FunctionStop stop, Action onStarted, Attempt attempt, TimeProvider clock, CancellationToken wish) =>
        (_request, _invocation, _stop, _onStarted, _attempt, _clock, _wish) = (request, invocation, stop, onStarted, attempt, clock, wish);

    /// <summary>How it ended.</summary>
    public Task<RunnerEnd> End => _end.Task;

    /// <summary>Calls the function. Returns when that gives its thread back, which may be never.</summary>
    public void Start() => _ = RunAsync();

    private async Task RunAsync()
    {
        if (_wish.IsCancellationRequested)
        {
            _over.SetResult();
            _end.SetResult(RunnerEnds.FromFacts(new EndedBody { Stopped = true }));
            return;
        }

        Action tell;
        try
        {
            RunnerEnd end = await CallAsync().ConfigureAwait(false);
            tell = () => Finish(end);
        }
        catch (Exception problem)
        {
            tell = () => _end.SetException(problem);
        }

        // Decided first: who hears that it is over would decide for itself, and take what has ended for what goes on.
        bool ours = Decide();
        _over.SetResult();
        if (ours)
        {
            tell();
        }
    }

    private async Task<RunnerEnd> CallAsync()
    {
        (_startedAt, _startedStamp) = (_clock.GetUtcNow(), _clock.GetTimestamp());
        _onStarted();
        EndedBody body;
        await using (_wish.UnsafeRegister(static self => ((InProcessCall)self!).AskToStop(), this).ConfigureAwait(false))
        {
            body = await InvokeAsync().ConfigureAwait(false);
        }

        await _stop.DisposeAsync().ConfigureAwait(false);
        return RunnerEnds.FromFacts(body);
    }

    private async Task<EndedBody> InvokeAsync()
    {
        FunctionThreads.Enter();
        try
        {
            return await FunctionExecution.RunAsync(_request, _invocation, _stop).ConfigureAwait(false);
        }
        finally
        {
            FunctionThreads.Leave();
        }
    }

    private void AskToStop()
    {
        _stop.Ask();
        _ = AbandonAsync();
    }

    private async Task AbandonAsync()
    {
        await Task.WhenAny(_over.Task, Task.Delay(s_grace, _clock)).ConfigureAwait(false);
        if (!Decide())
        {
            return;
        }

        // What it gives from here on is nobody's.
        await _invocation.DisposeAsync().ConfigureAwait(false);
        _attempt.Leave(_over.Task);
        Finish(new RunnerEnd
        {
            Kind = RunnerEndKind.Stopped,
            Evidence = $"it did not stop within {s_grace.TotalSeconds:0} s and still runs; its host stays taken until it ends",
            StillRuns = true,
        });
    }

    // Whichever comes first: the function's end, or that of the patience with it.
    private bool Decide() => Interlocked.Exchange(ref _decided, 1) == 0;

    private void Finish(RunnerEnd end) => _end.SetResult(end with
    {
        Objects = _invocation.Sent,
        StartedAt = _startedAt,
        Duration = _clock.GetElapsedTime(_startedStamp),
    });
}
