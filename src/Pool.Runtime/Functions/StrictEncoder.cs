using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;

namespace Eformer.Pool.Functions;

/// <summary>Writes texts into JSON as they are, and refuses one that is not Unicode: the writer itself would silently put U+FFFD in its place.</summary>
/// <remarks>A lone half of a surrogate pair always has to be encoded, so texts that need no encoding cost nothing more.</remarks>
internal sealed class StrictEncoder : JavaScriptEncoder
{
    private static readonly JavaScriptEncoder s_relaxed = UnsafeRelaxedJsonEscaping;

    private StrictEncoder() { }

    /// <summary>The only one.</summary>
    public static StrictEncoder Instance { get; } = new();

    /// <inheritdoc/>
    public override int MaxOutputCharactersPerInputCharacter => s_relaxed.MaxOutputCharactersPerInputCharacter;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The text has half of a surrogate pair.</exception>
    public override OperationStatus Encode(
        ReadOnlySpan<char> source, Span<char> destination, out int charsConsumed, out int charsWritten, bool isFinalBlock = true)
    {
        Check(source, isFinalBlock);
        return s_relaxed.Encode(source, destination, out charsConsumed, out charsWritten, isFinalBlock);
    }

    /// <inheritdoc/>
    public override OperationStatus EncodeUtf8(
        ReadOnlySpan<byte> utf8Source, Span<byte> utf8Destination, out int bytesConsumed, out int bytesWritten, bool isFinalBlock = true) =>
        s_relaxed.EncodeUtf8(utf8Source, utf8Destination, out bytesConsumed, out bytesWritten, isFinalBlock);

    /// <inheritdoc/>
    public override unsafe int FindFirstCharacterToEncode(char* text, int textLength) => s_relaxed.FindFirstCharacterToEncode(text, textLength);

    /// <inheritdoc/>
    public override int FindFirstCharacterToEncodeUtf8(ReadOnlySpan<byte> utf8Text) => s_relaxed.FindFirstCharacterToEncodeUtf8(utf8Text);

    /// <inheritdoc/>
    public override unsafe bool TryEncodeUnicodeScalar(int unicodeScalar, char* buffer, int bufferLength, out int numberOfCharactersWritten) =>
        s_relaxed.TryEncodeUnicodeScalar(unicodeScalar, buffer, bufferLength, out numberOfCharactersWritten);

    /// <inheritdoc/>
    public override bool WillEncode(int unicodeScalar) => s_relaxed.WillEncode(unicodeScalar);

    private static void Check(ReadOnlySpan<char> source, bool isFinalBlock)
    {
        while (!source.IsEmpty)
        {
            OperationStatus status = Rune.DecodeFromUtf16(source, out _, out int length);
            if (status == OperationStatus.InvalidData || (status == OperationStatus.NeedMoreData && isFinalBlock))
            {
                throw new ArgumentException($"a text has half of a surrogate pair, U+{(int)source[0]:X4}, which is no character");
            }

            source = source[length..];
        }
    }
}
