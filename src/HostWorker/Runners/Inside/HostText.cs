using System.Management.Automation;

namespace Eformer.Pool.HostWorker.Runners.Inside;

/// <summary>Text that a script writes to its host, past the streams: <c>$Host.UI.WriteLine('x')</c>.</summary>
/// <remarks>
/// The engine also writes the text of Write-Host to the host, right behind its record. That one was sent already and is
/// told by its text; all other becomes a record of the same shape.
/// </remarks>
internal sealed class HostText
{
    private string? _expected;

    /// <summary>Where text goes; null between runs, when nobody listens.</summary>
    public Action<InformationRecord>? Sink { get; set; }

    /// <summary>Notes a record whose text the engine will write to the host next.</summary>
    public void Expect(InformationRecord record) => _expected = (record.MessageData as HostInformationMessage)?.Message ?? record.ToString();

    /// <summary>Takes text from the host.</summary>
    public void Take(string? text, bool noNewLine, ConsoleColor? foreground = null, ConsoleColor? background = null)
    {
        bool known = text == _expected;
        _expected = null;
        if (known)
        {
            return;
        }

        HostInformationMessage message = new() { Message = text ?? "", NoNewLine = noNewLine, ForegroundColor = foreground, BackgroundColor = background };
        InformationRecord record = new(message, "$Host.UI");
        record.Tags.Add("PSHOST");
        Sink?.Invoke(record);
    }
}
