using System.Globalization;

namespace Eformer.Pool.HostWorker.Runners;

/// <summary>How far a script says it has come.</summary>
/// <param name="Activity">What it does.</param>
/// <param name="Status">What of it; empty when it does not say.</param>
/// <param name="Percent">How much of it is done; negative when it does not say.</param>
internal sealed record RunProgress(string Activity, string Status, int Percent)
{
    /// <summary>For people: <c>'Copying' 40 % (disk 2)</c>.</summary>
    public override string ToString()
    {
        string percent = Percent < 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" {Percent} %");
        return $"'{Activity}'{percent}{(Status.Length == 0 ? "" : $" ({Status})")}";
    }
}
