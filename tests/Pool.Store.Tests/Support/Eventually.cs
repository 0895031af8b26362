using Xunit;

namespace Eformer.Pool.RedisStore.Tests.Support;

/// <summary>Waits for conditions.</summary>
internal static class Eventually
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(10);

    /// <summary>Asks until the answer is yes, or for ten seconds.</summary>
    public static async Task TrueAsync(Func<Task<bool>> condition, string what, CancellationToken cancellationToken)
    {
        long start = TimeProvider.System.GetTimestamp();
        using PeriodicTimer pause = new(s_pause, TimeProvider.System);
        while (!await condition())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(start) < s_patience, $"Not within {s_patience}: {what}.");
            await pause.WaitForNextTickAsync(cancellationToken);
        }
    }
}
