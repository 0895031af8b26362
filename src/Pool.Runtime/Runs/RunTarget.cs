using Eformer.Pool.Envelopes;
using Eformer.Pool.Pools;
using Eformer.Pool.Store;

namespace Eformer.Pool.Runs;

/// <summary>One host of a run, as its driver sees it.</summary>
internal sealed class RunTarget(RunPlace place, HeldSlice? slice, string runId)
{
    private MemoryStream? _pieces;

    /// <summary>Where it is now.</summary>
    public RunPlace Place { get; private set; } = place;

    /// <summary>Its slice, when it is this driver's.</summary>
    public HeldSlice? Slice { get; private set; } = slice;

    /// <summary>Key of the host in the run.</summary>
    public string Key { get; } = RunHost.Key(place.Slot, place.HostId);

    /// <summary>Its address, the same for the life of the run.</summary>
    public HostAddress Address { get; } = new(place.SliceName, place.Slot, place.HostId, place.Node, runId);

    /// <summary>Number of the attempt that was sent last; 0 when none was.</summary>
    public int Attempt => Place.Attempt;

    /// <summary>When it was sent, by the driver's clock.</summary>
    public long SentAt { get; private set; }

    /// <summary>Whether an attempt of it may run now.</summary>
    public bool IsActive => Attempt > 0 && !AttemptOver && !IsWaiting;

    /// <summary>Whether it waits for its turn.</summary>
    public bool IsWaiting { get; private set; } = true;

    /// <summary>Whether the attempt that was sent last has ended.</summary>
    public bool AttemptOver { get; set; }

    /// <summary>Whether anything was heard of the attempt, so that the host has taken the command.</summary>
    public bool Heard { get; set; }

    /// <summary>Whether the attempt was looked for because it was not heard of.</summary>
    public bool LookedFor { get; set; }

    /// <summary>Whether its end is known to be the last, and is told next.</summary>
    public bool IsFinal { get; set; }

    /// <summary>Whether its end was told; then nothing more of it is.</summary>
    public bool Ended { get; set; }

    /// <summary>The end that the store knew before anything was read here; null for none, or when another attempt was sent since.</summary>
    public LogEnd? Known { get; set; }

    /// <summary>The latest attempt of which a record was read; 0 for none.</summary>
    public int Seen { get; private set; }

    /// <summary>Whether records of it were handed on that a later attempt takes back.</summary>
    public bool SeenAnything { get; set; }

    /// <summary>Whether its machine was once seen to be about to be taken away.</summary>
    public bool WasPreempting { get; set; }

    /// <summary>The place of a host of a slice that this driver holds, before anything was sent there.</summary>
    public static RunPlace PlaceOf(HeldSlice slice, int hostId)
    {
        HostRecord host = slice.Hosts[hostId];
        return new RunPlace(
            slice.Grant.SliceName, slice.Slot, hostId, host.Registration.Host, host.Registration.Node, host.AgentId, host.Incarnation, slice.Token, 0);
    }

    /// <summary>Notes that an attempt is sent.</summary>
    public void Send(int attempt, long now)
    {
        Place = Place with { Attempt = attempt, Settled = false };
        SentAt = now;
        IsWaiting = false;
        (AttemptOver, Heard, LookedFor, Known) = (false, false, false, null);
        _pieces = null;
    }

    /// <summary>Notes that another attempt is to be sent when it is its turn.</summary>
    public void Wait() => IsWaiting = true;

    /// <summary>Takes up what an earlier driver began.</summary>
    /// <param name="attempt">The last attempt that was made.</param>
    /// <param name="now">The time, by the driver's clock.</param>
    /// <param name="mustRun">Whether another attempt is to be made.</param>
    public void Resume(int attempt, long now, bool mustRun)
    {
        Send(attempt, now);
        IsWaiting = mustRun;
    }

    /// <summary>Takes over what its attempts have cost already.</summary>
    public void TakeOver(RunPlace last) => Place = Place with { FailureRetries = last.FailureRetries, PreemptionRetries = last.PreemptionRetries };

    /// <summary>Notes which budget its next attempt is taken from.</summary>
    public void Spend(RetryKind kind) => Place = kind == RetryKind.Failure
        ? Place with { FailureRetries = Place.FailureRetries + 1 }
        : Place with { PreemptionRetries = Place.PreemptionRetries + 1 };

    /// <summary>Notes that no other attempt follows.</summary>
    public void Settle() => Place = Place with { Settled = true };

    /// <summary>Moves it to where its next attempt is to run.</summary>
    public void Move(RunPlace place, HeldSlice? slice)
    {
        Place = place;
        Slice = slice;
        WasPreempting = false;
    }

    /// <summary>Moves it to the slice that has its slot now.</summary>
    public void MoveTo(IReadOnlyList<HeldSlice> pool)
    {
        HeldSlice slice = SliceIn(pool);
        if (slice != Slice)
        {
            RunPlace before = Place;
            Move(PlaceOf(slice, Place.HostId) with { Attempt = Attempt }, slice);
            TakeOver(before);
        }
    }

    /// <summary>The slice that has its slot now.</summary>
    public HeldSlice SliceIn(IReadOnlyList<HeldSlice> pool) => pool.First(member => member.Slot == Place.Slot);

    /// <summary>Whether an attempt is over, so that its records do not count.</summary>
    public bool IsPast(int attempt) => attempt < Math.Max(Seen, Attempt) || (IsWaiting && attempt <= Attempt && Attempt > 0);

    /// <summary>Whether another attempt is known to follow an end: then it is none.</summary>
    public bool IsFollowed(AttemptEnd end) => end.Attempt < (Known?.Attempt ?? Attempt);

    /// <summary>Notes that a record of an attempt was read.</summary>
    public void See(int attempt)
    {
        Heard = true;
        _pieces = attempt > Seen ? null : _pieces;
        Seen = attempt;
        SeenAnything = true;
    }

    /// <summary>Joins a record that came in pieces; null until its last piece is there.</summary>
    public ReadOnlyMemory<byte>? Join(ReadOnlyMemory<byte> piece, bool partial)
    {
        if (!partial && _pieces is null)
        {
            return piece;
        }

        _pieces ??= new MemoryStream();
        _pieces.Write(piece.Span);
        if (partial)
        {
            return null;
        }

        byte[] whole = _pieces.ToArray();
        _pieces = null;
        return whole;
    }
}
