using Eformer.Pool.Store;

namespace Eformer.Pool.Runs.Collecting;

/// <summary>Ends that were decided for hosts: written where everybody reads them, then taken as those are that hosts wrote.</summary>
internal sealed class RunVerdicts(CollectedRun run, RunJudge judge, RunReading reading, IRunRole role)
{
    /// <summary>Whether any was given: such a host may run on.</summary>
    public bool Any { get; private set; }

    /// <summary>Gives verdicts. A host that has ended after all keeps its own end.</summary>
    public async Task GiveAsync(IReadOnlyList<(RunTarget Target, AttemptEnd End)> verdicts)
    {
        if (verdicts.Count > 0)
        {
            await TakeAsync(await WriteAsync(Open(verdicts)));
        }

        await run.Final.TellAsync(role);
    }

    private async Task<(RunTarget Target, AttemptEnd End)[]> WriteAsync((RunTarget Target, AttemptEnd End)[] ends)
    {
        if (ends.Length > 0 && await judge.WriteAsync(ends, run.Abandoned) == AppendStatus.Fenced)
        {
            await reading.DrainAsync(readLog: true);
            ends = Open(ends);
            await judge.WriteAsync(ends, run.Abandoned);
        }

        return ends;
    }

    private async Task TakeAsync((RunTarget Target, AttemptEnd End)[] ends)
    {
        Any |= ends.Length > 0;
        foreach ((RunTarget target, AttemptEnd end) in ends)
        {
            await role.TakeEndAsync(target, end);
        }
    }

    private (RunTarget Target, AttemptEnd End)[] Open(IEnumerable<(RunTarget Target, AttemptEnd End)> verdicts)
    {
        long now = run.Session.Clock.GetUtcNow().ToUnixTimeMilliseconds();
        return
        [
            .. verdicts.DistinctBy(pair => pair.Target).Where(pair => pair.Target is { Ended: false, AttemptOver: false } or { Ended: false, IsWaiting: true })
                .Select(pair => (pair.Target, pair.End with { EndedMs = now, Attempt = Math.Max(pair.Target.Attempt, pair.End.Attempt) })),
        ];
    }
}
