using System.Buffers.Binary;

namespace Eformer.Pool.HostWorker.Runners.Protocol;

/// <summary>The body of a record frame: one byte of its kind, the document, and behind it how many objects that holds.</summary>
/// <param name="Kind">Which stream.</param>
/// <param name="Count">How many objects.</param>
/// <param name="Document">One CLIXML list; valid as long as the frame.</param>
internal readonly record struct RecordBody(RecordKind Kind, int Count, ReadOnlyMemory<byte> Document)
{
    /// <summary>Reads it from its frame.</summary>
    /// <exception cref="ProtocolException">It is none.</exception>
    public static RecordBody Read(Frame frame)
    {
        ReadOnlyMemory<byte> body = frame.Body;
        if (frame.Type != FrameType.Record || body.Length <= sizeof(byte) + sizeof(int))
        {
            throw new ProtocolException($"A {frame.Type} frame of {body.Length} bytes is no record.");
        }

        RecordKind kind = ReadKind(body.Span[0]);
        int count = BinaryPrimitives.ReadInt32LittleEndian(body.Span[^sizeof(int)..]);
        return count > 0
            ? new RecordBody(kind, count, body[1..^sizeof(int)])
            : throw new ProtocolException($"A record frame of {count} objects.");
    }

    private static RecordKind ReadKind(byte kind) => kind is >= (byte)RecordKind.Output and <= (byte)RecordKind.Progress
        ? (RecordKind)kind
        : throw new ProtocolException($"A record of the unknown kind {kind}.");
}
