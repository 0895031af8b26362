namespace Eformer.Pool;

/// <summary>What runs again when a host's attempt is retried.</summary>
public enum RetryScope
{
    /// <summary>That host.</summary>
    Host,

    /// <summary>Every host of its slice: for jobs whose hosts only get on together.</summary>
    Slice,

    /// <summary>Every host of the run.</summary>
    Pool,
}
