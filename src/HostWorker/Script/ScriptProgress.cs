using System.Management.Automation;

namespace Eformer.Pool.HostWorker.Script;

/// <summary>Progress as one line at the end of a terminal; nothing where there is none.</summary>
internal sealed class ScriptProgress
{
    private readonly bool _visible = !Console.IsErrorRedirected && !Console.IsOutputRedirected;
    private bool _shown;

    /// <summary>Shows a record, or takes the line away when what it is about is done.</summary>
    public void Show(ProgressRecord record)
    {
        if (!_visible)
        {
            return;
        }

        Clear();
        if (record.RecordType == ProgressRecordType.Processing)
        {
            string percent = record.PercentComplete >= 0 ? $" {record.PercentComplete} %" : "";
            string line = $"{record.Activity}: {record.StatusDescription}{percent}";
            Console.Error.Write(line[..Math.Min(line.Length, Math.Max(0, Console.BufferWidth - 1))]);
            _shown = true;
        }
    }

    /// <summary>Takes the line away, before something else is written.</summary>
    public void Clear()
    {
        if (_shown)
        {
            Console.Error.Write("\r\e[K");
            _shown = false;
        }
    }
}
