namespace Eformer.Pool.RedisStore.Operations;

/// <summary>How long blobs live, in milliseconds. Pieces always outlive the head that says they are there.</summary>
internal static class BlobLife
{
    private const long Hour = 60 * 60 * 1000;

    /// <summary>The head of a whole blob, from its last use on.</summary>
    public const long WholeMs = 7 * 24 * Hour;

    /// <summary>A use sets it again when less than this is left: that costs a write for each piece.</summary>
    public const long RenewBelowMs = WholeMs - (12 * Hour);

    /// <summary>The head of a blob that is not whole, from its first piece on: whoever takes longer begins anew.</summary>
    public const long HalfMs = 12 * Hour;

    /// <summary>Each piece: the head's life, and what storing all of them may take.</summary>
    public const long PieceMs = WholeMs + (2 * HalfMs);
}
