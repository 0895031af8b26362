namespace Eformer.Pool.HostWorker.Runners.Protocol;

/// <summary>A runner's first words.</summary>
internal sealed record HelloBody
{
    /// <summary>The one-time token it was started with: proves that it is the process its agent started.</summary>
    public required string Token { get; init; }

    /// <summary>Its process id.</summary>
    public required int Pid { get; init; }

    /// <summary>Which engine it will load, such as <c>pwsh 7.6.5</c>.</summary>
    public required string Engine { get; init; }
}
