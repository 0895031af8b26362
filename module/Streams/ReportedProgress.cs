using System.Globalization;
using System.Management.Automation;
using System.Text.Json;
using Eformer.Pool.Module.Values;

namespace Eformer.Pool.Module.Streams;

/// <summary>Makes progress of what remote functions report: numbers are shares, of one or of a hundred; anything else is a status.</summary>
internal sealed class ReportedProgress
{
    private const int Whole = 100;

    private readonly Dictionary<HostAddress, Shown> _hosts = [];

    /// <summary>The progress after a report.</summary>
    /// <exception cref="JsonException">The record is none.</exception>
    public ProgressRecord Read(RunRecord record, string activity)
    {
        Shown shown = _hosts.GetValueOrDefault(record.Host, new Shown(" ", -1, false));
        foreach (JsonElement report in JsonValueReader.Texts(record.Data))
        {
            shown = report.ValueKind == JsonValueKind.Number ? Number(shown, report.GetDouble()) : shown with { Status = Text(report) };
        }

        _hosts[record.Host] = shown;
        return new ProgressRecord(0, activity, shown.Status) { PercentComplete = shown.Percent };
    }

    // A one alone says nothing of what it is a share of; what came before does.
    private static Shown Number(Shown shown, double value)
    {
        bool ofOne = shown.OfOne || value is > 0 and < 1;
        double percent = ofOne ? value * Whole : value;
        return percent is >= 0 and <= Whole
            ? new Shown(string.Create(CultureInfo.InvariantCulture, $"{percent:0.#} %"), (int)percent, ofOne)
            : shown with { Status = value.ToString(CultureInfo.InvariantCulture) };
    }

    private static string Text(JsonElement report) => report.ValueKind == JsonValueKind.String ? report.GetString()! : report.GetRawText();

    private readonly record struct Shown(string Status, int Percent, bool OfOne);
}
