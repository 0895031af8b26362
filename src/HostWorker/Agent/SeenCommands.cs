using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Eformer.Pool.Envelopes;

namespace Eformer.Pool.HostWorker.Agent;

/// <summary>
/// Remembers commands for as long as they are valid, so that the same one is never acted on twice, however many there are: a host takes
/// hundreds in a second, and an agent may play thousands of hosts. Bounded: when full, it refuses.
/// </summary>
/// <remarks>Thread-safe. About a hundred bytes for each command, however many hosts of a slice it is for.</remarks>
/// <param name="clock">The clock.</param>
/// <param name="capacity">How many are remembered; usually two thousand a second, all the time.</param>
internal sealed class SeenCommands(TimeProvider clock, int capacity = SeenCommands.UsualCapacity)
{
    public const int UsualCapacity = 1_000_000;
    private const int Bits = 64;
    private static readonly TimeSpan s_memory = CommandLifetime.Longest + CommandLifetime.Skew + CommandLifetime.Skew;
    private readonly Dictionary<UInt128, ulong[]> _seen = [];
    private readonly Queue<(UInt128 Command, long At)> _order = new();
    private readonly Lock _gate = new();

    /// <summary>Whether a command is new; from then on it is not. False as well when no more can be remembered.</summary>
    public bool IsNew(string command)
    {
        lock (_gate)
        {
            return Find(command, out bool isNew) is not null && isNew;
        }
    }

    /// <summary>For which hosts a command is new; from then on it is not.</summary>
    /// <param name="command">What tells it from others, the slice's lease included.</param>
    /// <param name="hosts">The hosts, by their index in the slice.</param>
    /// <returns>Those of them; null when no more can be remembered.</returns>
    public IReadOnlyList<int>? TakeNew(string command, IReadOnlyList<int> hosts)
    {
        lock (_gate)
        {
            if (Find(command, out _) is not { } taken)
            {
                return null;
            }

            int length = (hosts.Max() / Bits) + 1;
            if (taken.Length < length)
            {
                Array.Resize(ref taken, length);
                _seen[IdOf(command)] = taken;
            }

            int[] fresh = [.. hosts.Where(host => (taken[host / Bits] & Bit(host)) == 0)];
            Array.ForEach(fresh, host => taken[host / Bits] |= Bit(host));
            return fresh;
        }
    }

    /// <summary>Whether a command was seen.</summary>
    public bool Has(string command)
    {
        lock (_gate)
        {
            return _seen.ContainsKey(IdOf(command));
        }
    }

    private ulong[]? Find(string command, out bool isNew)
    {
        Forget();
        UInt128 id = IdOf(command);
        isNew = !_seen.TryGetValue(id, out ulong[]? hosts);
        if (isNew && _seen.Count < capacity)
        {
            hosts = [];
            _seen.Add(id, hosts);
            _order.Enqueue((id, clock.GetTimestamp()));
        }

        return hosts;
    }

    private static ulong Bit(int host) => 1UL << (host % Bits);

    // Half of a hash tells any two apart, and is a third of the text.
    private static UInt128 IdOf(string command) => BinaryPrimitives.ReadUInt128BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(command)));

    private void Forget()
    {
        while (_order.TryPeek(out (UInt128 Command, long At) oldest) && clock.GetElapsedTime(oldest.At) > s_memory)
        {
            _seen.Remove(_order.Dequeue().Command);
        }
    }
}
