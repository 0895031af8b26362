using Eformer.Pool.Pools;
using Eformer.Pool.Store;

namespace Eformer.Pool.Runs;

/// <summary>One host of a run, as its driver sees it.</summary>
internal sealed class RunTarget(HeldSlice slice, int hostId, string runId)
{
    private MemoryStream? _pieces;

    public HeldSlice Slice { get; } = slice;

    public int HostId { get; } = hostId;

    public HostAddress Address { get; } = slice.AddressOf(hostId, runId);

    public HostRecord Host => Slice.Hosts[HostId];

    /// <summary>Key of the host in the fleet.</summary>
    public string Key => Host.Registration.Host;

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

    /// <summary>Whether anything was heard of it, so that it has taken the command.</summary>
    public bool Heard { get; set; }

    /// <summary>Whether its end was passed on; then nothing more of it is.</summary>
    public bool Ended { get; set; }
}
