namespace Eformer.Pool.HostWorker.Tests.Support;

/// <summary>Waits for what must become true, with a deadline.</summary>
internal static class Eventually
{
    public static async Task HoldsAsync(Func<bool> condition, double seconds = 120)
    {
        using CancellationTokenSource deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(TimeSpan.FromSeconds(seconds));
        while (!condition())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, deadline.Token);
        }
    }
}
