using Eformer.Pool.Local;
using Microsoft.Extensions.Time.Testing;

namespace Eformer.Pool.Tests.Local;

/// <summary>A local pool's agent that dies again and again.</summary>
public sealed class AgentSupervisorTests
{
    private const int Restarts = 5;
    private static readonly TimeSpan s_step = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task It_is_started_again_with_pauses_that_double()
    {
        FakeTimeProvider clock = new();
        List<DateTimeOffset> starts = [];
        await using AgentSupervisor supervisor = new(
            () =>
            {
                lock (starts)
                {
                    starts.Add(clock.GetUtcNow());

                    // The first serves and dies; the others die before they serve.
                    return WorkerProcess.Start("/bin/sh", ["-c", starts.Count == 1 ? "echo ready" : "exit 1"], clock);
                }
            },
            clock);
        await supervisor.WaitReadyAsync(TimeSpan.FromHours(1), TestContext.Current.CancellationToken);
        await AdvanceUntilAsync(clock, starts);

        // Its own time goes on while a process starts, so pauses may seem longer, but never shorter.
        double[] pauses = [.. starts.Zip(starts.Skip(1), (one, next) => (next - one).TotalSeconds)];
        Assert.All(pauses.Zip((double[])[0.5, 1, 2, 4, 8]), pair => Assert.True(pair.First >= pair.Second, string.Join(" ", pauses)));
    }

    private static async Task AdvanceUntilAsync(FakeTimeProvider clock, List<DateTimeOffset> starts)
    {
        long began = TimeProvider.System.GetTimestamp();
        using PeriodicTimer turn = new(TimeSpan.FromMilliseconds(10), TimeProvider.System);
        while (Count(starts) <= Restarts)
        {
            Assert.True(TimeProvider.System.GetElapsedTime(began) < s_patience, $"Only {Count(starts)} starts.");
            await turn.WaitForNextTickAsync(TestContext.Current.CancellationToken);
            clock.Advance(s_step);
        }
    }

    private static int Count(List<DateTimeOffset> starts)
    {
        lock (starts)
        {
            return starts.Count;
        }
    }
}
