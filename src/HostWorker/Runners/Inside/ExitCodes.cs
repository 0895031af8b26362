namespace Eformer.Pool.HostWorker.Runners.Inside;

/// <summary>How a runner ends by itself. User code may end it with any code.</summary>
internal static class ExitCodes
{
    /// <summary>It was not started as an agent does.</summary>
    public const int Usage = 64;

    /// <summary>The engine could not be loaded or opened.</summary>
    public const int EngineFailed = 70;

    /// <summary>User code closed the engine under itself.</summary>
    public const int EngineClosed = 71;

    /// <summary>The line to the agent broke.</summary>
    public const int AgentGone = 75;
}
