using System.Globalization;

namespace Eformer.Pool.Runs;

/// <summary>How a run names its hosts: by place, not by machine, so that a slice that was replaced goes on as itself.</summary>
public static class RunHost
{
    /// <summary>The key: <c>slot.host</c>.</summary>
    public static string Key(int slot, int hostId) => string.Create(CultureInfo.InvariantCulture, $"{slot}.{hostId}");
}
