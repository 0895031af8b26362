using System.Globalization;
using System.Management.Automation;
using Eformer.Pool.Placement;

namespace Eformer.Pool.Module.Streams;

/// <summary>Shows how a wait for capacity stands. Reports come from any thread; showing is for the pipeline thread only.</summary>
internal sealed class ScaleProgressBar(Cmdlet cmdlet) : IProgress<ScaleWait>
{
    // Far from the small numbers that scripts give to bars of their own.
    private const int Id = 999_999;
    private static readonly TimeSpan s_period = TimeSpan.FromSeconds(1);
    private volatile Seen? _seen;
    private volatile TaskCompletionSource _news = NewNews();
    private bool _shown;

    /// <inheritdoc/>
    public void Report(ScaleWait value)
    {
        _seen = new Seen(value, TimeProvider.System.GetTimestamp());
        _news.TrySetResult();
    }

    /// <summary>Shows what is reported until the work ends or a token is cancelled.</summary>
    public void ShowUntil(Task work, CancellationToken cancellationToken)
    {
        Task stopped = Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
        while (!work.IsCompleted && !cancellationToken.IsCancellationRequested)
        {
            TaskCompletionSource news = _news;
            Task.WhenAny(work, stopped, news.Task, Task.Delay(s_period, TimeProvider.System, CancellationToken.None)).GetAwaiter().GetResult();
            if (news.Task.IsCompleted)
            {
                _news = NewNews();
            }

            if (_seen is { } seen && !work.IsCompleted && !cancellationToken.IsCancellationRequested)
            {
                Show(seen);
            }
        }

        if (_shown && !cancellationToken.IsCancellationRequested)
        {
            cmdlet.WriteProgress(new ProgressRecord(Id, Activity, " ") { RecordType = ProgressRecordType.Completed });
        }
    }

    private const string Activity = "Waiting for slices";

    private void Show(Seen seen)
    {
        _shown = true;
        ScaleWait wait = seen.Wait;
        TimeSpan waited = wait.Waited + TimeProvider.System.GetElapsedTime(seen.At);
        cmdlet.WriteProgress(new ProgressRecord(Id, Activity, Status(wait, waited))
        {
            CurrentOperation = SizeLadder.Describe(wait.Explanations),
            PercentComplete = (int)Math.Clamp(100 * (waited / wait.Limit), 0, 99),
        });
    }

    private static string Status(ScaleWait wait, TimeSpan waited) => string.Create(
        CultureInfo.InvariantCulture,
        $"{string.Join(" or ", wait.Sizes)} wanted, {wait.Held} held; {waited.TotalSeconds:0} of {wait.Limit.TotalSeconds:0} s");

    private static TaskCompletionSource NewNews() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private sealed record Seen(ScaleWait Wait, long At);
}
