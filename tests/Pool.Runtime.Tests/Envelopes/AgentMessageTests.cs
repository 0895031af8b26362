using System.Buffers.Binary;
using CsCheck;
using Eformer.Pool.Envelopes;

namespace Eformer.Pool.Tests.Envelopes;

/// <summary>What reaches an agent: anybody may have sent it, so it must be taken apart without trust and without throwing.</summary>
public class AgentMessageTests
{
    private static readonly Gen<AgentMessageKind> s_kind = Gen.OneOf(AgentMessageKind.Run, AgentMessageKind.Cancel);

    [Fact]
    public void What_was_put_in_comes_out() =>
        Gen.Select(s_kind, Gen.Byte.Array[0, 200], Gen.Byte.Array[0, 200]).Sample((kind, command, payload) =>
            AgentMessage.TryDecode(AgentMessage.Encode(kind, command, payload), out AgentMessage message)
            && message.Kind == kind && message.Command.Span.SequenceEqual(command) && message.Payload.Span.SequenceEqual(payload));

    [Fact]
    public void A_hint_is_one_letter()
    {
        Assert.True(AgentMessage.TryDecode("L"u8.ToArray(), out AgentMessage hint));
        Assert.Equal(AgentMessageKind.Leases, hint.Kind);
        Assert.False(AgentMessage.TryDecode("LL"u8.ToArray(), out _));
        Assert.False(AgentMessage.TryDecode(AgentMessage.Encode(AgentMessageKind.Leases, [], []), out _));
    }

    [Fact]
    public void Random_bytes_never_throw_and_what_is_taken_adds_up() =>
        Gen.Byte.Array[0, 100].Sample(bytes => !AgentMessage.TryDecode(bytes, out AgentMessage message) || AddsUp(message, bytes.Length), iter: 5000);

    [Fact]
    public void Random_bytes_behind_a_right_kind_never_throw_and_what_is_taken_adds_up() =>
        Gen.Select(s_kind, Gen.Byte.Array[0, 100]).Sample((kind, bytes) =>
            !AgentMessage.TryDecode((byte[])[(byte)kind, .. bytes], out AgentMessage message) || AddsUp(message, bytes.Length + 1));

    [Theory]
    [InlineData(-1), InlineData(int.MinValue), InlineData(int.MaxValue), InlineData(4)]
    public void A_length_beyond_the_message_is_refused_without_reserving_anything(int length)
    {
        byte[] bytes = AgentMessage.Encode(AgentMessageKind.Run, new byte[3], []);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(1), length);
        Assert.False(AgentMessage.TryDecode(bytes, out _));
    }

    [Fact]
    public void Nothing_is_no_message() => Assert.False(AgentMessage.TryDecode(default, out _));

    private static bool AddsUp(AgentMessage message, int length) =>
        message.Kind == AgentMessageKind.Leases ? length == 1 : 5 + message.Command.Length + message.Payload.Length == length;
}
