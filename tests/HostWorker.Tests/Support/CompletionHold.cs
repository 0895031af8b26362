using System.Diagnostics.Tracing;

namespace Eformer.Pool.HostWorker.Tests.Support;

/// <summary>
/// Holds a thread in the middle of <c>SetResult</c>: when those who wait for the task have been sent on their way to other threads, and
/// before it returns. The runtime says so by an event, which its listeners get on that thread.
/// </summary>
internal sealed class CompletionHold : EventListener
{
    private const EventKeywords SynchronousWork = (EventKeywords)0x20;

    [ThreadStatic]
    private static Action? t_wait;

    /// <summary>How often a thread was held.</summary>
    public int Count { get; private set; }

    /// <summary>From now on the thread that calls this is held, by what is given here.</summary>
    public static void Begin(Action wait) => t_wait = wait;

    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (eventSource.Name == "System.Threading.Tasks.TplEventSource")
        {
            EnableEvents(eventSource, EventLevel.Informational, SynchronousWork);
        }
    }

    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        if (eventData.EventName == "TraceSynchronousWorkEnd" && t_wait is { } wait)
        {
            Count++;
            wait();
        }
    }
}
