namespace Eformer.Pool;

/// <summary>How a host does, as its agent says.</summary>
public enum HostCondition
{
    /// <summary>It can take work.</summary>
    Ready,

    /// <summary>It works. That is not a complaint.</summary>
    Busy,

    /// <summary>Its runners do not start; it is tried again with growing pauses.</summary>
    RunnerFailed,

    /// <summary>The provider has announced that it will be taken away.</summary>
    Preempting,
}
