using System.Buffers.Binary;
using System.Text;

namespace Eformer.Pool.Store;

/// <summary>What rides in a driver's doorbell: which run's log grew, to what, and the entry itself when it is small.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Index">Index of the newest entry, from 0.</param>
/// <param name="Entry">That entry, or empty when it must be read from the log.</param>
public readonly record struct LogNotice(string RunId, long Index, ReadOnlyMemory<byte> Entry)
{
    /// <summary>Entries up to this many bytes ride along.</summary>
    public const int LargestRider = 3 * 1024;

    /// <summary>Reads a notice: the length of the run id as one byte, the id, the index as 8 bytes big-endian, then the entry.</summary>
    /// <returns>False for anything that is not of that form.</returns>
    public static bool TryRead(ReadOnlyMemory<byte> message, out LogNotice notice)
    {
        notice = default;
        int idLength = message.IsEmpty ? 0 : message.Span[0];
        if (idLength == 0 || message.Length < 1 + idLength + sizeof(long))
        {
            return false;
        }

        string runId = Encoding.Latin1.GetString(message.Span.Slice(1, idLength));
        long index = BinaryPrimitives.ReadInt64BigEndian(message.Span[(1 + idLength)..]);
        notice = new LogNotice(runId, index, message[(1 + idLength + sizeof(long))..]);
        return index >= 0;
    }
}
