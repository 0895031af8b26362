using Xunit;

namespace Eformer.Pool.Testing;

/// <summary>Waits for conditions.</summary>
internal static class Eventually
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_answer = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(10);

    /// <summary>The answer of a call that has a limit of its own. How long it took is not judged, for these machines pause: only that it does not wait for ever.</summary>
    public static Task<T> AnswersAsync<T>(Task<T> call, CancellationToken cancellationToken) => call.WaitAsync(s_answer, TimeProvider.System, cancellationToken);

    /// <summary>Asks until the answer is yes, or for ten seconds.</summary>
    public static Task TrueAsync(Func<Task<bool>> condition, string what, CancellationToken cancellationToken) =>
        TrueAsync(condition, what, s_patience, cancellationToken);

    /// <summary>Asks until the answer is yes, or until patience is at its end.</summary>
    public static Task TrueAsync(Func<Task<bool>> condition, string what, TimeSpan patience, CancellationToken cancellationToken) =>
        TrueAsync(condition, () => what, patience, cancellationToken);

    /// <summary>Asks until the answer is yes, or until patience is at its end; then tells how things are.</summary>
    public static async Task TrueAsync(Func<Task<bool>> condition, Func<string> what, TimeSpan patience, CancellationToken cancellationToken)
    {
        long start = TimeProvider.System.GetTimestamp();
        using PeriodicTimer pause = new(s_pause, TimeProvider.System);
        while (!await condition())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(start) < patience, $"Not within {patience}: {what()}.");
            await pause.WaitForNextTickAsync(cancellationToken);
        }
    }
}
