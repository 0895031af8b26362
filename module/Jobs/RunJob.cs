using System.ComponentModel;
using System.Management.Automation;
using System.Reflection;

namespace Eformer.Pool.Module.Jobs;

/// <summary>What the job of a run and those of its hosts share.</summary>
public abstract class RunJob : Job2
{
    /// <summary>What Get-Job shows as the type of these jobs.</summary>
    internal const string TypeName = "SlicePoolRun";

    // Protected in the engine, but not in the library that we compile against. Without it a job fails without a reason.
    private static readonly Action<Job2, JobState, Exception>? s_setState = typeof(Job2)
        .GetMethod("SetJobState", BindingFlags.NonPublic | BindingFlags.Instance, [typeof(JobState), typeof(Exception)])
        ?.CreateDelegate<Action<Job2, JobState, Exception>>();

    private protected RunJob(string command, string? name) : base(command, name) => PSJobTypeName = TypeName;

    /// <summary>Asks the hosts to stop; their ends come later, within seconds.</summary>
    private protected abstract Task AskToStopAsync();

    /// <summary>Sets the last state, with the reason of a failure.</summary>
    private protected void SetEnd(JobState state, Exception? reason)
    {
        if (reason is null || s_setState is null)
        {
            SetJobState(state);
        }
        else
        {
            s_setState(this, state, reason);
        }
    }

    /// <summary>Does nothing: the run has been sent when the job is made.</summary>
    public override void StartJob() => OnStartJobCompleted(Done(null));

    /// <inheritdoc cref="StartJob"/>
    public override void StartJobAsync() => StartJob();

    /// <summary>Stops the run on its hosts, and waits for that. It concerns all its hosts, whichever job is stopped.</summary>
    public override void StopJob() => Task.Run(StopAsync).GetAwaiter().GetResult();

    /// <inheritdoc cref="StopJob()"/>
    public override void StopJob(bool force, string reason) => StopJob();

    /// <summary>Stops the run on its hosts. It concerns all its hosts, whichever job is stopped.</summary>
    public override void StopJobAsync() => _ = Task.Run(async () =>
    {
        try
        {
            await StopAsync();
            OnStopJobCompleted(Done(null));
        }
        catch (SlicePoolException failure)
        {
            OnStopJobCompleted(Done(failure));
        }
    });

    /// <inheritdoc cref="StopJobAsync()"/>
    public override void StopJobAsync(bool force, string reason) => StopJobAsync();

    /// <summary>Not possible.</summary>
    public override void SuspendJob() => throw NotPossible();

    /// <summary>Not possible.</summary>
    public override void SuspendJob(bool force, string reason) => throw NotPossible();

    /// <summary>Not possible.</summary>
    public override void SuspendJobAsync() => OnSuspendJobCompleted(Done(NotPossible()));

    /// <summary>Not possible.</summary>
    public override void SuspendJobAsync(bool force, string reason) => SuspendJobAsync();

    /// <summary>Not possible.</summary>
    public override void ResumeJob() => throw NotPossible();

    /// <summary>Not possible.</summary>
    public override void ResumeJobAsync() => OnResumeJobCompleted(Done(NotPossible()));

    /// <summary>Not possible.</summary>
    public override void UnblockJob() => throw NotPossible();

    /// <summary>Not possible.</summary>
    public override void UnblockJobAsync() => OnUnblockJobCompleted(Done(NotPossible()));

    private async Task StopAsync()
    {
        await AskToStopAsync();
        TaskCompletionSource finished = new(TaskCreationOptions.RunContinuationsAsynchronously);
        RegisteredWaitHandle wait = ThreadPool.RegisterWaitForSingleObject(
            Finished, (_, _) => finished.TrySetResult(), null, Timeout.Infinite, executeOnlyOnce: true);
        await finished.Task;
        wait.Unregister(null);
    }

    private static AsyncCompletedEventArgs Done(Exception? failure) => new(failure, cancelled: false, userState: null);

    private static NotSupportedException NotPossible() => new("A run on hosts cannot be suspended or resumed; it can be stopped.");
}
