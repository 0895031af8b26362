using Eformer.Pool.Pools;
using Eformer.Pool.Runs.Losses;

namespace Eformer.Pool.Runs;

/// <content>Hosts whose turn it is: told when their slice is whole.</content>
internal sealed partial class RunCollector
{
    private readonly Dictionary<int, (IReadOnlyList<RunTarget> Next, Task<IReadOnlyList<HeldSlice>> Whole)> _turns = [];

    // Each slice is waited for by itself and beside the loop: while one is replaced, the others' hosts start, what is written arrives,
    // and a stop is heard.
    private async Task TakeTurnsAsync()
    {
        foreach (IGrouping<int, RunTarget> slice in _attempts.TakeTurns().GroupBy(target => target.Place.Slot).Where(slice => !_turns.ContainsKey(slice.Key)))
        {
            _turns[slice.Key] = ([.. slice], WholeAsync(slice.Key));
        }

        foreach ((int slot, (IReadOnlyList<RunTarget> next, Task<IReadOnlyList<HeldSlice>> whole)) in _turns.Where(turn => turn.Value.Whole.IsCompleted).ToArray())
        {
            if (_unsent is null && _turns.Remove(slot))
            {
                // Some may have ended meanwhile, or others have taken their turn.
                await SendNextAsync([.. next.Where(target => target is { IsWaiting: true, Ended: false }).Take(_attempts.Free)], whole);
            }
        }
    }

    private async Task<IReadOnlyList<HeldSlice>> WholeAsync(int slot)
    {
        try
        {
            return await _whole!(new RunRequest { Script = "", SliceIds = [slot] }, _giveUp.Token);
        }
        finally
        {
            _ring.Sound();
        }
    }

    private async Task SendNextAsync(IReadOnlyList<RunTarget> next, Task<IReadOnlyList<HeldSlice>> whole)
    {
        try
        {
            IReadOnlyList<HeldSlice> pool = await whole;
            foreach (RunTarget target in next)
            {
                Move(target, pool);
            }

            await (next.Count > 0 ? SendAsync(next, pool) : Task.CompletedTask);
        }
        catch (SlicePoolException exception)
        {
            await JudgeAsync([.. next.Select(target => (target, LossRules.Lost(RunOutcome.NeverStarted, exception.Message) with { Attempt = target.Attempt + 1 }))]);
        }
    }
}
