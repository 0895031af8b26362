namespace Eformer.Pool.Leases;

/// <summary>What came of the renewal of one lease.</summary>
internal enum RenewalResult
{
    /// <summary>It lives on.</summary>
    Renewed,

    /// <summary>The store does not know it, or it has lapsed there, or its pool has another owner.</summary>
    Refused,

    /// <summary>Nobody can tell: no answer, or not in time. It may still be carried out.</summary>
    Unknown,
}
