using Eformer.Pool.Store;

namespace Eformer.Pool.Placement;

/// <summary>One attempt at a plan: fills slots by some rules as far as that goes.</summary>
internal sealed class PlacementAttempt
{
    private readonly FleetView _view;
    private readonly PlacementRequest _request;
    private readonly PlacementRules _rules;
    private readonly SlotRequest[] _slots;
    private readonly Dictionary<int, SlicePlacement> _placed = [];
    private readonly Dictionary<int, IReadOnlyList<HostRecord>> _seats = [];
    private readonly HashSet<HostRecord> _taken = new(ReferenceEqualityComparer.Instance);

    private PlacementAttempt(FleetView view, PlacementRequest request, PlacementRules rules)
    {
        _view = view;
        _request = request;
        _rules = rules;
        _slots = [.. request.Slots.OrderBy(slot => slot.Slot)];
    }

    /// <summary>Makes the attempt.</summary>
    /// <returns>What it placed, lowest slot first.</returns>
    public static IReadOnlyList<SlicePlacement> Make(FleetView view, PlacementRequest request, PlacementRules rules)
    {
        PlacementAttempt attempt = new(view, request, rules);
        attempt.ReturnWhole();

        // A lost physical slice is rather replaced by another whole one, so its seats come later.
        attempt.KeepSeats(attempt._slots.Where(slot => FormerSlots.PhysicalSlice(view, slot) is null));
        attempt.PlaceWhole();
        attempt.PlaceGangs();
        return [.. attempt._placed.Values.OrderBy(slice => slice.Slot)];
    }

    private IReadOnlyList<PhysicalSlice> Whole =>
        _rules.WholeFirst ? _view.Usable : [.. _view.Usable.Where(slice => slice.IsTpu)];

    // A slot that lost a physical slice gets the same one again when it is whole again.
    private void ReturnWhole()
    {
        if (!_rules.KeepFormer)
        {
            return;
        }

        Dictionary<string, PhysicalSlice> whole = Whole.ToDictionary(slice => slice.Name, StringComparer.Ordinal);
        foreach (SlotRequest slot in _slots)
        {
            if (FormerSlots.PhysicalSlice(_view, slot) is PhysicalSlice former && whole.Remove(former.Name))
            {
                Place(slot, former);
            }
        }
    }

    // What is free of a lost slice's hosts goes back to its slot, so nobody else may have it.
    private void KeepSeats(IEnumerable<SlotRequest> slots)
    {
        SlotRequest[] lost = [.. slots.Where(slot => slot.FormerHosts.Count > 0)];
        if (!_rules.KeepFormer || lost.Length == 0)
        {
            return;
        }

        Dictionary<string, HostRecord> free =
            _view.Single.Where(host => !_taken.Contains(host)).ToDictionary(host => host.Registration.Host, StringComparer.Ordinal);
        foreach (SlotRequest slot in lost)
        {
            IReadOnlyList<HostRecord> seats = FormerSlots.Seats(slot, free, _view.Shape);
            _taken.UnionWith(seats);
            foreach (HostRecord seat in seats)
            {
                free.Remove(seat.Registration.Host);
            }

            if (seats.Count > 0)
            {
                _seats.Add(slot.Slot, seats);
            }
        }
    }

    private void PlaceWhole()
    {
        Queue<SlotRequest> slots = new(_slots.Where(slot => !_placed.ContainsKey(slot.Slot) && !_seats.ContainsKey(slot.Slot)));
        foreach (PhysicalSlice slice in Whole.Where(slice => !slice.Hosts.Any(_taken.Contains)))
        {
            if (slots.TryDequeue(out SlotRequest? slot))
            {
                Place(slot, slice);
            }
        }
    }

    private void PlaceGangs()
    {
        SlotRequest[] open = [.. _slots.Where(slot => !_placed.ContainsKey(slot.Slot))];
        if (open.Length == 0)
        {
            return;
        }

        KeepSeats(open.Where(slot => !_seats.ContainsKey(slot.Slot)));
        IEnumerable<HostRecord> hosts = _view.Single
            .Where(host => !_taken.Contains(host))
            .Where(host => !_rules.SpareNamed || host.Registration.Slice.Length == 0)
            .OrderBy(host => host.Registration.Slice.Length > 0);
        GangTaker taker = new(new NodeShelf(hosts), _view.Shape.Strategy, _view.Shape.Size);
        foreach (SlotRequest slot in open)
        {
            if (taker.TryTake(_seats.GetValueOrDefault(slot.Slot, [])) is IReadOnlyList<HostRecord> gang)
            {
                Place(slot, _view.LogicalName(_request.Pool, slot.Slot), HostOrder.Seat(gang, slot.FormerHosts));
            }
            else if (_seats.Count == 0)
            {
                // All that follow want the same.
                return;
            }
        }
    }

    private void Place(SlotRequest slot, PhysicalSlice slice) => Place(slot, slice.Name, slice.Hosts);

    private void Place(SlotRequest slot, string name, IReadOnlyList<HostRecord> hosts)
    {
        _placed.Add(slot.Slot, new SlicePlacement(slot.Slot, name, hosts));
        _taken.UnionWith(hosts);
    }
}
