using System.Buffers.Binary;

namespace Eformer.Pool.HostWorker.Runners.Protocol;

/// <summary>The body of a record frame: one byte of its kind, the document, and behind it how many objects that holds.</summary>
/// <param name="Kind">Which stream.</param>
/// <param name="Count">How many objects.</param>
/// <param name="Document">One CLIXML list, or what a remote function gave; valid as long as the frame.</param>
internal readonly record struct RecordBody(RecordKind Kind, int Count, ReadOnlyMemory<byte> Document)
{
    /// <summary>Adds the frame of a record that is complete.</summary>
    public static void Write(FrameBuffer target, RecordKind kind, int count, ReadOnlySpan<byte> document)
    {
        target.BeginFrame(FrameType.Record);
        target.Write([(byte)kind]);
        target.Write(document);
        target.WriteInt(count);
        target.EndFrame();
    }

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

    // Ends and retries are no records of a runner's.
    private static RecordKind ReadKind(byte kind) => (RecordKind)kind is (>= RecordKind.Output and <= RecordKind.Progress) or (>= RecordKind.Value and <= RecordKind.Fault)
        ? (RecordKind)kind
        : throw new ProtocolException($"A record of the unknown kind {kind}.");
}
