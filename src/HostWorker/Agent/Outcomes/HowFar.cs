using System.Globalization;
using Eformer.Pool.HostWorker.Runners;

namespace Eformer.Pool.HostWorker.Agent.Outcomes;

/// <summary>Says how far a script had come that did not end by itself.</summary>
internal static class HowFar
{
    /// <summary>Its time, its objects, and what it last said of its progress.</summary>
    public static string Of(RunnerEnd end)
    {
        if (end.StartedAt is null)
        {
            return "before user code started";
        }

        string objects = end.Objects == 1 ? "1 object" : string.Create(CultureInfo.InvariantCulture, $"{end.Objects} objects");
        string far = string.Create(CultureInfo.InvariantCulture, $"after {end.Duration.TotalSeconds:0.0} s and {objects}");
        return end.Progress is null ? far : $"{far}, at {end.Progress}";
    }
}
