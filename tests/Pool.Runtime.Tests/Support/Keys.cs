using System.Security.Cryptography;
using Eformer.Pool.Envelopes;

namespace Eformer.Pool.Tests.Support;

/// <summary>A pair of keys with its signer and verifier.</summary>
internal sealed class Keys : IDisposable
{
    public Keys()
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Signer = new EnvelopeSigner(key.ExportPkcs8PrivateKey());
        Verifier = new EnvelopeVerifier(key.ExportSubjectPublicKeyInfo());
    }

    public EnvelopeSigner Signer { get; }

    public EnvelopeVerifier Verifier { get; }

    public void Dispose()
    {
        Signer.Dispose();
        Verifier.Dispose();
    }
}
