using System.Diagnostics;

namespace Eformer.Pool.Leases;

/// <summary>Tells whoever listens to this process what taking slices spends its time on.</summary>
internal static class AcquireStep
{
    private static readonly ActivitySource s_source = new("Eformer.Pool");

    /// <summary>Begins a step, which ends when what is returned is disposed of; null when nobody listens.</summary>
    public static Activity? Begin(string name) => s_source.StartActivity(name);
}
