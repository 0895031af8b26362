namespace Eformer.Pool.Runs;

/// <summary>Which budget another attempt after an end is taken from.</summary>
internal enum RetryKind
{
    /// <summary>None: the end is final.</summary>
    None,

    /// <summary>The script's failure.</summary>
    Failure,

    /// <summary>The loss of a host that was not the script's doing.</summary>
    Preemption,
}
