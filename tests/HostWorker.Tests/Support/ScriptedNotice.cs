using Eformer.Pool.HostWorker.Preemption;

namespace Eformer.Pool.HostWorker.Tests.Support;

/// <summary>Announces what the test says.</summary>
internal sealed class ScriptedNotice(Func<string?> answer, double seconds = 1) : IPreemptionNotice
{
    private int _asked;

    public string Source => "script";

    public TimeSpan Period { get; } = TimeSpan.FromSeconds(seconds);

    public int Asked => _asked;

    public Task<string?> ReadAsync(CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _asked);
        return Task.FromResult(answer());
    }
}
