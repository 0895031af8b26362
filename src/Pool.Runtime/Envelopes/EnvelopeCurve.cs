using System.Security.Cryptography;

namespace Eformer.Pool.Envelopes;

/// <summary>Imports keys of the one curve that envelopes are signed on. Another one, however good, has signatures of another length.</summary>
internal static class EnvelopeCurve
{
    private const string P256 = "1.2.840.10045.3.1.7";

    /// <exception cref="CryptographicException">It is not a private key of the curve.</exception>
    public static ECDsa ImportPrivate(ReadOnlySpan<byte> pkcs8)
    {
        ECDsa key = ECDsa.Create();
        try
        {
            key.ImportPkcs8PrivateKey(pkcs8, out _);
            return Check(key);
        }
        catch (PlatformNotSupportedException exception)
        {
            throw OtherCurve(exception);
        }
    }

    /// <exception cref="CryptographicException">It is not a public key of the curve.</exception>
    public static ECDsa ImportPublic(ReadOnlySpan<byte> subjectPublicKeyInfo)
    {
        ECDsa key = ECDsa.Create();
        try
        {
            key.ImportSubjectPublicKeyInfo(subjectPublicKeyInfo, out _);
            return Check(key);
        }
        catch (PlatformNotSupportedException exception)
        {
            throw OtherCurve(exception);
        }
    }

    private static ECDsa Check(ECDsa key) =>
        key.ExportParameters(includePrivateParameters: false).Curve.Oid?.Value == P256 ? key : throw OtherCurve(null);

    // A curve that the platform has never heard of is not a cryptographic error to .NET; to us it is the same.
    private static CryptographicException OtherCurve(Exception? cause) => new("The key is not on the curve P-256.", cause);
}
