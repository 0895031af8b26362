namespace Eformer.Pool.Envelopes;

/// <summary>Why a message was not acted on.</summary>
public enum RejectReason
{
    /// <summary>It was not refused.</summary>
    None,

    /// <summary>Not of the form, or of another version or type.</summary>
    Malformed,

    /// <summary>Signed with a key that is not trusted here.</summary>
    UnknownKey,

    /// <summary>The signature does not fit.</summary>
    BadSignature,

    /// <summary>Meant for another fleet.</summary>
    WrongFleet,

    /// <summary>Its lifetime is over, has not begun, or is longer than allowed.</summary>
    Expired,

    /// <summary>Its lease is not the one the hosts hold.</summary>
    Fenced,

    /// <summary>It names hosts its lease does not have.</summary>
    UnknownHost,

    /// <summary>It was taken before.</summary>
    Replayed,

    /// <summary>More came in the last minutes than can be remembered, so that it cannot be told from a copy.</summary>
    Overloaded,
}
