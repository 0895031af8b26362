using System.Management.Automation;
using Eformer.Pool.Module.Streams;
using Eformer.Pool.Scaling;

namespace Eformer.Pool.Module.Commands;

/// <summary>What commands that take slices share: whether they wait for capacity, and what they show meanwhile.</summary>
public abstract class ScalingCmdlet : SlicePoolCmdlet
{
    /// <summary>Waits for capacity, up to EFORMER_SCALE_ADD_TIMEOUT_S seconds (a week) unless -TimeoutSec says otherwise.</summary>
    [Parameter]
    public SwitchParameter Wait { get; set; }

    /// <summary>How long to wait for capacity, in seconds. Without it and -Wait what is not possible now is refused at once.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int? TimeoutSec { get; set; }

    /// <summary>Whether this call only tells what it would do.</summary>
    private protected bool IsWhatIf => MyInvocation.BoundParameters.TryGetValue("WhatIf", out object? given)
        ? LanguagePrimitives.IsTrue(given)
        : LanguagePrimitives.IsTrue(GetVariableValue("WhatIfPreference"));

    /// <summary>The sizes in order, or an error before anything is started.</summary>
    /// <exception cref="SlicePoolException"><c>InvalidSize</c>.</exception>
    private protected static IReadOnlyList<int> CheckSizes(int[]? sizes) => SizeList.Check(sizes ?? []);

    /// <summary>Runs a scale and waits for it, showing what it waits for. A stop cancels it, and it is waited for all the same.</summary>
    private protected T AwaitScale<T>(Func<ScaleOptions, CancellationToken, Task<T>> scale)
    {
        ScaleProgressBar bar = new(this);
        using CancellationTokenSource giveUp = CancellationTokenSource.CreateLinkedTokenSource(StopToken);
        Task<T> work = Task.Run(() => scale(Options(bar), giveUp.Token), CancellationToken.None);
        try
        {
            bar.ShowUntil(work, StopToken);
        }
        catch
        {
            // The pipeline wants no more. What the scale has taken is given back before that is passed on.
            giveUp.Cancel();
            ((IAsyncResult)work).AsyncWaitHandle.WaitOne();
            if (!work.IsCompletedSuccessfully)
            {
                throw;
            }
        }

        return Await(_ => work);
    }

    private ScaleOptions Options(IProgress<ScaleWait> progress) => new()
    {
        Timeout = TimeoutSec is int seconds ? TimeSpan.FromSeconds(seconds) : Wait ? null : TimeSpan.Zero,
        Progress = progress,
    };
}
