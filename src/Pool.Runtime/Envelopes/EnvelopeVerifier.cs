using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Eformer.Pool.Envelopes;

/// <summary>Verifies messages against one public key. Thread-safe.</summary>
public sealed class EnvelopeVerifier : IDisposable
{
    private readonly ECDsa _key;
    private readonly ulong _keyId;
    private readonly Lock _gate = new();

    /// <summary>Takes a public key as SubjectPublicKeyInfo.</summary>
    /// <exception cref="CryptographicException">It is not one, or is on another curve than P-256.</exception>
    public EnvelopeVerifier(byte[] subjectPublicKeyInfo)
    {
        ArgumentNullException.ThrowIfNull(subjectPublicKeyInfo);
        _key = EnvelopeCurve.ImportPublic(subjectPublicKeyInfo);
        _keyId = KeyIdOf(subjectPublicKeyInfo);
    }

    /// <summary>Gives the body of a message whose form, type, key and signature are right. Nothing of it is parsed before.</summary>
    /// <returns>Why it was refused, or <see cref="RejectReason.None"/>.</returns>
    public RejectReason Verify(ReadOnlyMemory<byte> message, EnvelopeType expected, out ReadOnlyMemory<byte> body)
    {
        body = default;
        if (!Envelope.TryDecode(message, out Envelope envelope) || envelope.Type != expected)
        {
            return RejectReason.Malformed;
        }

        if (envelope.KeyId != _keyId)
        {
            return RejectReason.UnknownKey;
        }

        if (!IsSigned(envelope))
        {
            return RejectReason.BadSignature;
        }

        body = envelope.Body;
        return RejectReason.None;
    }

    /// <inheritdoc/>
    public void Dispose() => _key.Dispose();

    internal static ulong KeyIdOf(byte[] subjectPublicKeyInfo) =>
        BinaryPrimitives.ReadUInt64BigEndian(SHA256.HashData(subjectPublicKeyInfo));

    private bool IsSigned(Envelope envelope)
    {
        byte[] bytes = Envelope.SignedBytes(envelope.Type, envelope.Body.Span);
        lock (_gate)
        {
            return _key.VerifyData(
                bytes, envelope.Signature.Span, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        }
    }
}
