using System.Buffers.Binary;

namespace Eformer.Pool.Envelopes;

/// <summary>What reaches an agent through its doorbell or inbox: a hint, or a signed command that may bring its payload along.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Command">The signed command; empty for hints.</param>
/// <param name="Payload">The payload, when it came along.</param>
public readonly record struct AgentMessage(AgentMessageKind Kind, ReadOnlyMemory<byte> Command, ReadOnlyMemory<byte> Payload)
{
    /// <summary>The bytes: kind, length of the command as four bytes big-endian, the command, the payload.</summary>
    public static byte[] Encode(AgentMessageKind kind, ReadOnlySpan<byte> command, ReadOnlySpan<byte> payload)
    {
        byte[] message = new byte[5 + command.Length + payload.Length];
        message[0] = (byte)kind;
        BinaryPrimitives.WriteInt32BigEndian(message.AsSpan(1), command.Length);
        command.CopyTo(message.AsSpan(5));
        payload.CopyTo(message.AsSpan(5 + command.Length));
        return message;
    }

    /// <summary>Takes a message apart without believing any of it.</summary>
    public static bool TryDecode(ReadOnlyMemory<byte> bytes, out AgentMessage message)
    {
        message = default;
        if (bytes.Length == 1 && bytes.Span[0] == (byte)AgentMessageKind.Leases)
        {
            message = new AgentMessage(AgentMessageKind.Leases, default, default);
            return true;
        }

        if (bytes.Length < 5 || (AgentMessageKind)bytes.Span[0] is not (AgentMessageKind.Run or AgentMessageKind.Cancel))
        {
            return false;
        }

        int length = BinaryPrimitives.ReadInt32BigEndian(bytes.Span[1..]);
        if (length < 0 || length > bytes.Length - 5)
        {
            return false;
        }

        message = new AgentMessage((AgentMessageKind)bytes.Span[0], bytes.Slice(5, length), bytes[(5 + length)..]);
        return true;
    }
}
