namespace Eformer.Pool.Tests.Leases.Worlds;

/// <summary>Visits every world that can come about within some steps, once each.</summary>
internal sealed class Explorer(FaultKinds kinds)
{
    private readonly HashSet<UInt128> _seen = [];
    private readonly FairEnd _end = new();

    /// <summary>How many different worlds were visited.</summary>
    public int Visited => _seen.Count;

    /// <summary>How many steps were taken.</summary>
    public int Taken { get; private set; }

    /// <summary>Explores breadth first.</summary>
    /// <returns>What is broken, with the way there; null when nothing is.</returns>
    public string? Explore(World start, int depth, bool withEnd)
    {
        List<Path> frontier = [new Path(start, "start", null)];
        _seen.Add(WorldHash.Of(start));
        for (int level = 0; level < depth && frontier.Count > 0; level++)
        {
            List<Path> next = [];
            foreach (Path path in frontier)
            {
                if (Visit(path, next, withEnd) is { } broken)
                {
                    return broken;
                }
            }

            frontier = next;
        }

        return null;
    }

    private string? Visit(Path path, List<Path> next, bool withEnd)
    {
        foreach ((string name, World world) in WorldSteps.Of(path.World, kinds))
        {
            Taken++;
            if (!_seen.Add(WorldHash.Of(world)))
            {
                continue;
            }

            Path step = new(world, name, path);
            string? broken = WorldChecks.Broken(world) ?? (withEnd ? _end.Broken(world) : null);
            if (broken is not null)
            {
                return $"{broken}\n{step}";
            }

            next.Add(step);
        }

        return null;
    }

    private sealed record Path(World World, string Step, Path? Before)
    {
        public override string ToString() => Before is null ? Step : $"{Before}\n  {Step}";
    }
}
