using Xunit;

namespace Eformer.Pool.Testing;

/// <summary>Waits for conditions. How long it takes is not judged, for these machines pause and are shared: only that it does not take for ever.</summary>
internal static class Eventually
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(10);

    /// <summary>The answer of a call that has a limit of its own.</summary>
    public static Task<T> AnswersAsync<T>(Task<T> call, CancellationToken cancellationToken) => call.WaitAsync(s_patience, TimeProvider.System, cancellationToken);

    /// <summary>The end of a call that has a limit of its own.</summary>
    public static Task AnswersAsync(Task call, CancellationToken cancellationToken) => call.WaitAsync(s_patience, TimeProvider.System, cancellationToken);

    /// <summary>Asks until the answer is yes, or until patience is at its end.</summary>
    public static Task TrueAsync(Func<Task<bool>> condition, string what, CancellationToken cancellationToken) =>
        TrueAsync(condition, () => what, cancellationToken);

    /// <summary>Asks until the answer is yes, or until patience is at its end; then tells how things are.</summary>
    public static async Task TrueAsync(Func<Task<bool>> condition, Func<string> what, CancellationToken cancellationToken)
    {
        long start = TimeProvider.System.GetTimestamp();
        using PeriodicTimer pause = new(s_pause, TimeProvider.System);
        while (!await condition())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(start) < s_patience, $"Not within {s_patience}: {what()}.");
            await pause.WaitForNextTickAsync(cancellationToken);
        }
    }
}
