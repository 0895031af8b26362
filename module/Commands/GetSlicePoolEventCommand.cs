using System.Management.Automation;
using Eformer.Pool.Module.Binding;
using Eformer.Pool.Module.Completion;

namespace Eformer.Pool.Module.Commands;

/// <summary>What was decided about pools and hosts, and why, oldest first. Stores keep it for seven days, the newest 10,000 of a fleet.</summary>
/// <remarks>
/// A pool of this session tells from its own store, a local one too. Names are looked for in the store that is named, and among the
/// local pools of this session; where no store is named, among all pools of this session. Without a pool it is everything.
/// </remarks>
[Cmdlet(VerbsCommon.Get, "SlicePoolEvent")]
[OutputType(typeof(PoolEvent))]
public sealed class GetSlicePoolEventCommand : FleetCmdlet
{
    private const int All = 10_000;

    private readonly List<PoolEvent> _events = [];
    private IReadOnlyList<PoolEvent>? _stored;

    /// <summary>Pools, or their names with wildcards.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [SlicePoolTransformation(KeepsNames = true)]
    [ArgumentCompleter(typeof(PoolNameCompleter))]
    public PoolReference[]? Pool { get; set; }

    /// <summary>Only the newest so many.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int Newest { get; set; } = All;

    /// <summary>Only those since a time.</summary>
    [Parameter]
    public DateTime? Since { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        if (Pool is null)
        {
            Add(_ => true, SlicePoolDirectory.Owned);
            return;
        }

        foreach (PoolReference reference in Pool)
        {
            ForEach((object?)reference.Pool ?? reference.Name, () => Add(reference));
        }
    }

    /// <inheritdoc/>
    protected override void End()
    {
        long since = Since is DateTime from ? new DateTimeOffset(from).ToUnixTimeMilliseconds() : long.MinValue;
        IEnumerable<PoolEvent> found = _events.Distinct().Where(item => item.TimeMs >= since).OrderBy(item => item.TimeMs);
        WriteObject(found.TakeLast(Newest), enumerateCollection: true);
    }

    private void Add(PoolReference reference)
    {
        if (reference.Pool is { } pool)
        {
            _events.AddRange(WithFleetOf(pool, (fleet, token) => fleet.GetEventsAsync(All, token)).Where(item => item.Pool == pool.Name));
            return;
        }

        WildcardPattern pattern = WildcardPattern.Get(reference.Name, WildcardOptions.IgnoreCase);
        SlicePool[] owned = [.. OwnedPools.Matching(pattern)];
        if (owned.Length == 0 && !HasStore && !WildcardPattern.ContainsWildcardCharacters(reference.Name))
        {
            throw OwnedPools.NotFound(reference.Name);
        }

        Add(item => pattern.IsMatch(item.Pool), owned);
    }

    private void Add(Func<PoolEvent, bool> isWanted, IReadOnlyList<SlicePool> owned)
    {
        if (HasStore || (Pool is null && owned.Count == 0))
        {
            // Once for all names; and it is the error that no store is named where there is nothing else to tell of.
            _stored ??= WithFleet(Fleet, (fleet, token) => fleet.GetEventsAsync(All, token));
            _events.AddRange(_stored.Where(isWanted));
        }

        foreach (SlicePool pool in owned.Where(pool => !HasStore || pool.Store == LocalStore))
        {
            ForEach(pool, () => _events.AddRange(Await(token => pool.GetManager().GetFleet().GetEventsAsync(All, token)).Where(isWanted)));
        }
    }
}
