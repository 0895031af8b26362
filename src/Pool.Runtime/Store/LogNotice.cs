using System.Buffers.Binary;
using System.Text;

namespace Eformer.Pool.Store;

/// <summary>What rides in a driver's doorbell: which run's log grew, to what, and the entry itself when it is small.</summary>
/// <param name="RunId">The run; 32 hex digits.</param>
/// <param name="Index">Index of the newest entry, from 0.</param>
/// <param name="Entry">That entry, or empty when it must be read from the log.</param>
public readonly record struct LogNotice(string RunId, long Index, ReadOnlyMemory<byte> Entry)
{
    /// <summary>Length of a run id in characters.</summary>
    public const int RunIdLength = 32;

    /// <summary>Entries up to this many bytes ride along.</summary>
    public const int LargestRider = 3 * 1024;

    private const int HeaderLength = RunIdLength + 8;

    /// <summary>Reads a notice: 32 characters of run id, the index as 8 bytes big-endian, then the entry.</summary>
    /// <returns>False for anything that is not of that form.</returns>
    public static bool TryRead(ReadOnlyMemory<byte> message, out LogNotice notice)
    {
        notice = default;
        if (message.Length < HeaderLength)
        {
            return false;
        }

        string runId = Encoding.Latin1.GetString(message.Span[..RunIdLength]);
        long index = BinaryPrimitives.ReadInt64BigEndian(message.Span[RunIdLength..]);
        notice = new LogNotice(runId, index, message[HeaderLength..]);
        return index >= 0;
    }
}
