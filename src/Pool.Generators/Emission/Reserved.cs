namespace Eformer.Pool.Generators.Emission;

/// <summary>Names that generated code takes.</summary>
internal static class Reserved
{
    /// <summary>What generated code says that it was made by.</summary>
    public const string Tool = "Eformer.Pool.Generators";

    /// <summary>Members of each class that has remote functions, besides those that begin with two underscores.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        "OnEachHost", "OnEachSlice", "Schedule", "Attach", "OnEachHostProxy", "OnEachSliceProxy", "ScheduleProxy", "AttachProxy",
    ];
}
