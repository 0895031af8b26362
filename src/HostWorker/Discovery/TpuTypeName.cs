namespace Eformer.Pool.HostWorker.Discovery;

/// <summary>The canonical form of a TPU type. The one place that discovery gets it from.</summary>
internal static class TpuTypeName
{
    /// <summary><c>v5e-16</c> for <c>V5litepod-16</c>. A type that is not known yet is kept as it is written, in lower case.</summary>
    /// <remarks>A host of a type that is newer than we are is still a host; who asks a pool for that type is told that it is unknown.</remarks>
    public static string Canonical(string type) =>
        TpuType.TryParse(type.Trim(), out TpuType? known) ? known.Name : type.Trim().ToLowerInvariant();
}
