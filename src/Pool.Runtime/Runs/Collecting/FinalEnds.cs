namespace Eformer.Pool.Runs.Collecting;

/// <summary>Ends that no other attempt can follow, until they are told: together.</summary>
/// <remarks>That they are the last is told to the store with all places of the run, and of a large run that is megabytes.</remarks>
internal sealed class FinalEnds(RunRecords records)
{
    private readonly List<(RunTarget Target, AttemptEnd End)> _ends = [];

    /// <summary>Takes an end. Nothing that comes of its host later counts.</summary>
    public void Add(RunTarget target, AttemptEnd end)
    {
        (target.AttemptOver, target.IsFinal) = (true, true);
        _ends.Add((target, end));
    }

    /// <summary>Takes some ends.</summary>
    public void Add(IEnumerable<(RunTarget Target, AttemptEnd End)> ends)
    {
        foreach ((RunTarget target, AttemptEnd end) in ends)
        {
            Add(target, end);
        }
    }

    /// <summary>Tells those that were taken since.</summary>
    public async Task TellAsync(IRunRole role)
    {
        if (_ends.Count == 0)
        {
            return;
        }

        (RunTarget, AttemptEnd)[] ends = [.. _ends];
        _ends.Clear();
        // First: whoever has read an end and asks for the run again gets that end, and no other attempt.
        await role.SettleAsync(ends);
        await records.EndAsync(ends);
    }
}
