namespace Eformer.Pool.HostWorker.Preemption;

/// <summary>Makes a reason of what others wrote.</summary>
internal static class PreemptionReason
{
    /// <summary>It travels with heartbeats and is shown in tables.</summary>
    private const int MaxLength = 200;

    /// <summary>The first line without what a terminal would obey, cut; or what to say when it is empty.</summary>
    public static string Of(string? text, string otherwise)
    {
        string line = string.Concat((text ?? "").Split('\n')[0].Where(c => !char.IsControl(c))).Trim();
        return line.Length == 0 ? otherwise : line.Length <= MaxLength ? line : line[..MaxLength] + "…";
    }
}
