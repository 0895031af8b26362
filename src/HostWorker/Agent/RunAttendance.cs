using Eformer.Pool.Runs;
using Eformer.Pool.Store;
using Microsoft.Extensions.Logging;

namespace Eformer.Pool.HostWorker.Agent;

/// <summary>
/// Tells the store now and then what an agent's hosts carry out, so that a script that writes nothing for long is not forgotten; and
/// stops what nobody wants any more, so that a wish to stop that got lost, or was lost by the store, leaves no host taken.
/// </summary>
/// <remarks>Called by one loop.</remarks>
internal sealed partial class RunAttendance(
    Func<AttendRequest, CancellationToken, Task<IReadOnlyList<string>>> attend, string incarnation, IReadOnlyList<HostSlot> slots, TimeProvider clock, ILogger logger)
{
    // A thousand agents of one run then cost the store about what their heartbeats cost it in a second.
    private static readonly TimeSpan s_period = TimeSpan.FromSeconds(30);
    private long _toldAt = clock.GetTimestamp();
    private bool _isDoubtful;

    /// <summary>Notes that the store lost data: the next call does not wait for its time.</summary>
    public void Doubt() => _isDoubtful = true;

    /// <summary>Tells what there is to tell, when it is time to.</summary>
    /// <exception cref="SlicePoolException">The store's errors; then the next call tries again.</exception>
    public async Task TellAsync(CancellationToken cancellationToken)
    {
        if (!_isDoubtful && clock.GetElapsedTime(_toldAt) < s_period)
        {
            return;
        }

        foreach (IGrouping<(string RunId, int Number), (Attempt Attempt, string Host)> run in Carried().GroupBy(pair => (pair.Attempt.RunId, pair.Attempt.Number)))
        {
            AttendRequest request = new(run.Key.RunId, incarnation, run.Key.Number, [.. run.Select(pair => pair.Host)]);
            HashSet<string> unwanted = [.. await AttendAsync(request, cancellationToken)];
            foreach ((Attempt attempt, string host) in run.Where(pair => unwanted.Contains(pair.Host) && pair.Attempt.Cause == StopCause.None))
            {
                LogUnwanted(attempt.RunId, host);
                attempt.Stop(StopCause.Cancelled);
            }
        }

        _toldAt = clock.GetTimestamp();
        _isDoubtful = false;
    }

    // A run whose keys were spoilt must not keep the others from being asked for; whether it is wanted nobody can tell.
    private async Task<IReadOnlyList<string>> AttendAsync(AttendRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return await attend(request, cancellationToken);
        }
        catch (SlicePoolException exception) when (exception.ErrorId == "StoreDamaged")
        {
            LogDamaged(request.RunId, exception.Message);
            return [];
        }
    }

    private IEnumerable<(Attempt Attempt, string Host)> Carried() =>
        from slot in slots
        let grant = slot.Lease?.Grant
        where grant is not null
        from attempt in slot.Attempts
        select (attempt, RunHost.Key(grant.Slot, HostEnvironment.IndexOf(grant, slot.Key)));

    [LoggerMessage(701, LogLevel.Warning, "Run {Run} is stopped on {Host}: its store has no use for what comes of it any more")]
    private partial void LogUnwanted(string run, string host);

    [LoggerMessage(702, LogLevel.Warning, "Whether run {Run} is wanted cannot be told: {Reason}")]
    private partial void LogDamaged(string run, string reason);
}
