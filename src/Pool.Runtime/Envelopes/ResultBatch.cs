using System.Buffers.Binary;

namespace Eformer.Pool.Envelopes;

/// <summary>Body of a result: the length of the head as four bytes big-endian, the head, then the data of each record.</summary>
public static class ResultBatch
{
    /// <summary>Puts a batch together. Lengths in the head must be those of the data.</summary>
    public static byte[] Encode(ResultHeader header, IReadOnlyList<ReadOnlyMemory<byte>> data)
    {
        byte[] head = WireJson.Write(header);
        byte[] body = new byte[4 + head.Length + data.Sum(piece => piece.Length)];
        BinaryPrimitives.WriteInt32BigEndian(body, head.Length);
        head.CopyTo(body, 4);
        int position = 4 + head.Length;
        foreach (ReadOnlyMemory<byte> piece in data)
        {
            piece.CopyTo(body.AsMemory(position));
            position += piece.Length;
        }

        return body;
    }

    /// <summary>Takes a verified body apart.</summary>
    /// <returns>False when lengths and content do not agree.</returns>
    public static bool TryDecode(ReadOnlyMemory<byte> body, out ResultHeader header, out ReadOnlyMemory<byte>[] data)
    {
        header = null!;
        data = [];
        if (body.Length < 4)
        {
            return false;
        }

        int headLength = BinaryPrimitives.ReadInt32BigEndian(body.Span);
        if (headLength < 0 || headLength > body.Length - 4)
        {
            return false;
        }

        ResultHeader? head = WireJson.TryRead<ResultHeader>(body.Span.Slice(4, headLength));
        return head is not null && TrySlice(head, body[(4 + headLength)..], out data) && (header = head) is not null;
    }

    private static bool TrySlice(ResultHeader header, ReadOnlyMemory<byte> rest, out ReadOnlyMemory<byte>[] data)
    {
        data = new ReadOnlyMemory<byte>[header.Items.Count];
        for (int i = 0; i < data.Length; i++)
        {
            int length = header.Items[i].Length;
            if (length < 0 || length > rest.Length)
            {
                return false;
            }

            data[i] = rest[..length];
            rest = rest[length..];
        }

        return rest.IsEmpty;
    }
}
