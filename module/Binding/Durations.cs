namespace Eformer.Pool.Module.Binding;

/// <summary>Bounds of durations that parameters take.</summary>
internal static class Durations
{
    /// <summary>The longest that a pool may be kept, a run may take or a drain may wait: 30 days in seconds.</summary>
    public const int LongestSec = 30 * 24 * 60 * 60;
}
