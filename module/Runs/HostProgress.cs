namespace Eformer.Pool.Module.Runs;

/// <summary>What came from one host so far.</summary>
internal sealed class HostProgress
{
    /// <summary>Objects of the output stream.</summary>
    public List<object?> Output { get; } = [];

    /// <summary>Error records.</summary>
    public List<object> Errors { get; } = [];

    /// <summary>How the attempt ended; null while it has not.</summary>
    public AttemptEnd? End { get; set; }
}
