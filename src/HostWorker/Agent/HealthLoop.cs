using Microsoft.Extensions.Logging;

namespace Eformer.Pool.HostWorker.Agent;

/// <summary>Looks at the hosts' health every second, as long as the agent lives.</summary>
internal sealed partial class HealthLoop : IAsyncDisposable
{
    private static readonly TimeSpan s_period = TimeSpan.FromSeconds(1);
    private readonly CancellationTokenSource _end = new();
    private readonly ILogger _logger;
    private readonly Task _loop;

    public HealthLoop(HealthWatch health, TimeProvider clock, ILogger logger)
    {
        _logger = logger;
        _loop = Task.Run(() => LoopAsync(health, clock));
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _loop.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _end.Dispose();
    }

    private async Task LoopAsync(HealthWatch health, TimeProvider clock)
    {
        while (true)
        {
            await Task.Delay(s_period, clock, _end.Token);
            try
            {
                await health.LookAsync();
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                // Whatever it is, a look that fails must not be the last one.
                LogFailed(exception.Message);
            }
        }
    }

    [LoggerMessage(801, LogLevel.Error, "The hosts' health could not be looked at: {Reason}")]
    private partial void LogFailed(string reason);
}
