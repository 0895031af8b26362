namespace Eformer.Pool.Generators.Emission;

/// <summary>A way to call functions: what its proxies are called, and what they call.</summary>
/// <param name="Name">Of the method that gives the proxy.</param>
/// <param name="Summary">What it does, for people.</param>
/// <param name="Results">Type of what a function gives.</param>
/// <param name="Call">The proxy's own method that calls one.</param>
/// <param name="StreamResults">Type of what a function gives that gives a stream.</param>
/// <param name="StreamCall">The proxy's own method that calls such a one.</param>
internal sealed record FrontEnd(string Name, string Summary, string Results, string Call, string StreamResults, string StreamCall)
{
    private const string Task = "global::System.Threading.Tasks.Task<{0}>";
    private const string List = "global::System.Collections.Generic.IReadOnlyList<{0}>";

    /// <summary>Whether what hosts report can be passed on by a call.</summary>
    public bool TakesProgress { get; init; }

    /// <summary>Whether the same is so for streams.</summary>
    public bool StreamTakesProgress { get; init; }

    /// <summary>All of them.</summary>
    public static IReadOnlyList<FrontEnd> All { get; } =
    [
        new("OnEachHost", "Calls functions of this class on every host of a pool and gives their results by host.",
            Of(Task, "global::Eformer.Pool.HostResults<{0}>"), "CallOnHostsAsync", "global::Eformer.Pool.HostStream<{0}>", "StreamFromHosts")
        {
            TakesProgress = true,
            StreamTakesProgress = true,
        },
        new("OnEachSlice", "Calls functions of this class on every host of a pool and gives their results by slice.",
            Of(Task, "global::Eformer.Pool.SliceResults<{0}>"), "CallOnSlicesAsync",
            Of(Task, Of("global::Eformer.Pool.SliceResults<{0}>", List)), "ListFromSlicesAsync")
        {
            TakesProgress = true,
        },
        new("Schedule", "Sends functions of this class to every host of a pool. They go on by themselves, and can be attached to by the run's id.",
            Of(Task, "global::Eformer.Pool.RunHandle<{0}>"), "ScheduleAsync",
            Of(Task, Of("global::Eformer.Pool.RunHandle<{0}>", List)), "ScheduleListAsync"),
    ];

    private static string Of(string outer, string inner) => outer.Replace("{0}", inner);
}
