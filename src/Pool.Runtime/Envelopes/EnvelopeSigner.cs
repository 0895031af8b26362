using System.Security.Cryptography;

namespace Eformer.Pool.Envelopes;

/// <summary>Signs messages with one private key. Thread-safe.</summary>
public sealed class EnvelopeSigner : IDisposable
{
    private readonly ECDsa _key;
    private readonly ulong _keyId;
    private readonly Lock _gate = new();

    /// <summary>Takes a private key as PKCS#8.</summary>
    /// <exception cref="CryptographicException">It is not one, or is on another curve than P-256.</exception>
    public EnvelopeSigner(ReadOnlySpan<byte> pkcs8)
    {
        _key = EnvelopeCurve.ImportPrivate(pkcs8);
        _keyId = EnvelopeVerifier.KeyIdOf(_key.ExportSubjectPublicKeyInfo());
    }

    /// <summary>The signed message.</summary>
    public byte[] Sign(EnvelopeType type, ReadOnlyMemory<byte> body)
    {
        byte[] bytes = Envelope.SignedBytes(type, body.Span);
        byte[] signature;
        lock (_gate)
        {
            signature = _key.SignData(bytes, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        }

        return new Envelope(type, _keyId, signature, body).Encode();
    }

    /// <inheritdoc/>
    public void Dispose() => _key.Dispose();
}
