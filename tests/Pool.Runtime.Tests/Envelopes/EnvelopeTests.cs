using System.Security.Cryptography;
using System.Text;
using CsCheck;
using Eformer.Pool.Envelopes;
using Eformer.Pool.Tests.Support;

namespace Eformer.Pool.Tests.Envelopes;

/// <summary>Signed messages: what is not exactly what was signed, by whom it must be signed, is refused before anything in it is read.</summary>
public sealed class EnvelopeTests : IDisposable
{
    private const int TypeAt = 1;
    private const int KeyIdAt = 2;
    private const int SignatureAt = 10;
    private static readonly byte[] s_body = Encoding.UTF8.GetBytes("{\"what\":\"the body of a command\"}");
    private readonly Keys _keys = new();
    private readonly byte[] _message;

    public EnvelopeTests() => _message = _keys.Signer.Sign(EnvelopeType.Run, s_body);

    public void Dispose() => _keys.Dispose();

    [Fact]
    public void A_signed_message_gives_its_body_back()
    {
        Assert.Equal(RejectReason.None, _keys.Verifier.Verify(_message, EnvelopeType.Run, out ReadOnlyMemory<byte> body));
        Assert.Equal(s_body, body.ToArray());
    }

    [Fact]
    public void Any_body_survives() => Gen.Byte.Array[0, 2000].Sample(Survives, iter: 200);

    [Fact]
    public void One_bit_flipped_anywhere_is_refused()
    {
        for (int bit = 0; bit < _message.Length * 8; bit++)
        {
            byte[] flipped = [.. _message];
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.Equal(Expected(bit / 8), Verify(flipped));
        }
    }

    [Fact]
    public void A_message_cannot_be_relabelled()
    {
        foreach (EnvelopeType other in new[] { EnvelopeType.Cancel, EnvelopeType.Result })
        {
            byte[] relabelled = [.. _message];
            relabelled[TypeAt] = (byte)other;
            Assert.Equal(RejectReason.BadSignature, _keys.Verifier.Verify(relabelled, other, out _));
            Assert.Equal(RejectReason.Malformed, _keys.Verifier.Verify(_message, other, out _));
        }
    }

    [Fact]
    public void Another_key_is_unknown_and_does_not_fit_under_the_right_name()
    {
        using Keys other = new();
        byte[] forged = other.Signer.Sign(EnvelopeType.Run, s_body);
        Assert.Equal(RejectReason.UnknownKey, Verify(forged));
        _message.AsSpan(KeyIdAt, 8).CopyTo(forged.AsSpan(KeyIdAt));
        Assert.Equal(RejectReason.BadSignature, Verify(forged));
    }

    [Fact]
    public void What_is_cut_off_is_refused()
    {
        for (int length = 0; length < _message.Length; length++)
        {
            Assert.NotEqual(RejectReason.None, Verify(_message[..length]));
        }
    }

    [Fact]
    public void What_is_added_is_refused()
    {
        Assert.Equal(RejectReason.BadSignature, Verify([.. _message, 0]));
        Assert.Equal(RejectReason.BadSignature, Verify([.. _message, .. _message]));
    }

    [Theory]
    [InlineData(0), InlineData(63), InlineData(65), InlineData(128)]
    public void A_signature_of_another_length_is_refused(int length)
    {
        byte[] signature = [.. _message[SignatureAt..(SignatureAt + 64)], .. new byte[64]];
        Assert.NotEqual(RejectReason.None, Verify([.. _message[..SignatureAt], .. signature[..length], .. s_body]));
    }

    [Theory]
    [InlineData(0), InlineData(2), InlineData(255)]
    public void Another_version_is_refused_never_guessed_at(byte version)
    {
        byte[] other = [.. _message];
        other[0] = version;
        Assert.Equal(RejectReason.Malformed, Verify(other));
    }

    [Fact]
    public void Signatures_that_are_no_signatures_are_refused()
    {
        byte[] der = Sign(DSASignatureFormat.Rfc3279DerSequence);
        foreach (byte[] signature in new[] { new byte[64], [.. Enumerable.Repeat((byte)255, 64)], [.. der, .. new byte[64]] })
        {
            byte[] forged = [.. _message];
            signature.AsSpan(0, 64).CopyTo(forged.AsSpan(SignatureAt));
            Assert.Equal(RejectReason.BadSignature, Verify(forged));
        }
    }

    [Fact]
    public void Random_bytes_are_refused_and_never_throw() =>
        Gen.Byte.Array[0, 300].Sample(bytes => Verify(bytes) != RejectReason.None, iter: 2000);

    [Fact]
    public void Random_bytes_under_a_right_header_are_refused_and_never_throw() =>
        Gen.Byte.Array[64, 300].Sample(bytes => Verify([.. _message[..SignatureAt], .. bytes]) == RejectReason.BadSignature, iter: 500);

    [Fact]
    public async Task Many_threads_sign_and_verify_at_once()
    {
        Task<bool>[] tasks = [.. Enumerable.Range(0, 8).Select(worker => Task.Run(
            () => Enumerable.Range(0, 50).All(round => Survives(BitConverter.GetBytes((worker * 1000) + round))), TestContext.Current.CancellationToken))];
        Assert.All(await Task.WhenAll(tasks), Assert.True);
    }

    private static RejectReason Expected(int at) => at switch
    {
        0 or TypeAt => RejectReason.Malformed,
        < SignatureAt => RejectReason.UnknownKey,
        _ => RejectReason.BadSignature,
    };

    private bool Survives(byte[] body) =>
        _keys.Verifier.Verify(_keys.Signer.Sign(EnvelopeType.Result, body), EnvelopeType.Result, out ReadOnlyMemory<byte> read) == RejectReason.None
        && read.Span.SequenceEqual(body);

    private RejectReason Verify(byte[] message) => _keys.Verifier.Verify(message, EnvelopeType.Run, out _);

    private static byte[] Sign(DSASignatureFormat format)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return key.SignData(s_body, HashAlgorithmName.SHA256, format);
    }
}
