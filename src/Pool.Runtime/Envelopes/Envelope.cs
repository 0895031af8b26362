using System.Globalization;
using System.Text;

namespace Eformer.Pool.Envelopes;

/// <summary>A signed message: version, type, key id, signature, body, in this order and nothing else.</summary>
/// <remarks>
/// The signature covers type and body in the pre-authentication encoding of DSSE (secure-systems-lab/dsse), so nothing that
/// is interpreted stands outside it. The key id is a hint only.
/// </remarks>
/// <param name="Type">What it is.</param>
/// <param name="KeyId">First eight bytes of the SHA-256 of the signer's public key.</param>
/// <param name="Signature">ECDSA P-256 over SHA-256, in IEEE P1363 form.</param>
/// <param name="Body">The body, not yet interpreted.</param>
public readonly record struct Envelope(EnvelopeType Type, ulong KeyId, ReadOnlyMemory<byte> Signature, ReadOnlyMemory<byte> Body)
{
    /// <summary>The one version there is. An older or newer one is refused, never guessed at.</summary>
    public const byte Version = 1;

    /// <summary>Bytes before the body.</summary>
    public const int HeaderLength = 2 + 8 + SignatureLength;

    /// <summary>Length of a P-256 signature in P1363 form.</summary>
    public const int SignatureLength = 64;

    /// <summary>Takes a message apart without believing any of it.</summary>
    /// <returns>False for anything that is not of the form, or of another version or an unknown type.</returns>
    public static bool TryDecode(ReadOnlyMemory<byte> message, out Envelope envelope)
    {
        envelope = default;
        ReadOnlySpan<byte> span = message.Span;
        if (span.Length < HeaderLength || span[0] != Version || !Enum.IsDefined((EnvelopeType)span[1]))
        {
            return false;
        }

        ulong keyId = System.Buffers.Binary.BinaryPrimitives.ReadUInt64BigEndian(span[2..]);
        envelope = new Envelope((EnvelopeType)span[1], keyId, message.Slice(10, SignatureLength), message[HeaderLength..]);
        return true;
    }

    /// <summary>The message's bytes.</summary>
    public byte[] Encode()
    {
        byte[] message = new byte[HeaderLength + Body.Length];
        message[0] = Version;
        message[1] = (byte)Type;
        System.Buffers.Binary.BinaryPrimitives.WriteUInt64BigEndian(message.AsSpan(2), KeyId);
        Signature.Span.CopyTo(message.AsSpan(10));
        Body.Span.CopyTo(message.AsSpan(HeaderLength));
        return message;
    }

    /// <summary>The bytes that are signed for a type and a body.</summary>
    internal static byte[] SignedBytes(EnvelopeType type, ReadOnlySpan<byte> body)
    {
        string name = $"application/vnd.eformer.{type.ToString().ToLowerInvariant()}.v{Version}";
        string prefix = string.Create(CultureInfo.InvariantCulture, $"DSSEv1 {name.Length} {name} {body.Length} ");
        byte[] bytes = new byte[prefix.Length + body.Length];
        Encoding.ASCII.GetBytes(prefix, bytes);
        body.CopyTo(bytes.AsSpan(prefix.Length));
        return bytes;
    }
}
