using System.Management.Automation;


namespace Eformer.Pool.HostWorker.Script;

/// <summary>An error as text for a console, much as PowerShell's concise view shows it.</summary>
internal static class ErrorText
{
    /// <summary>What happened, where, and what to do.</summary>
    public static string Format(ErrorRecord error)
    {
        InvocationInfo? place = error.InvocationInfo;
        string command = place?.MyCommand?.Name ?? "";
        string message = command.Length > 0 && !command.EndsWith(".ps1", StringComparison.OrdinalIgnoreCase) ? $"{command}: {error}" : error.ToString();
        if (place is { ScriptLineNumber: > 0 })
        {
            string script = string.IsNullOrEmpty(place.ScriptName) ? "line" : place.ScriptName;
            message += $"{Environment.NewLine}  at {script}:{place.ScriptLineNumber}: {place.Line.Trim()}";
        }

        string? advice = error.ErrorDetails?.RecommendedAction;
        return string.IsNullOrEmpty(advice) ? message : $"{message}{Environment.NewLine}  {advice}";
    }
}
