using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Management.Automation;

namespace Eformer.Pool.HostWorker.Engines.Commands;

/// <summary><c>Write-Host</c> of the embedded engine: an information record that hosts show as text.</summary>
[Cmdlet(VerbsCommunications.Write, "Host")]
public sealed class WriteHostCommand : PSCmdlet
{
    /// <summary>What to show.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromRemainingArguments = true)]
    [Alias("Msg", "Message")]
    [SuppressMessage("Naming", "CA1720", Justification = "The real cmdlet's parameter is called so.")]
    public object? Object { get; set; }

    /// <summary>Leaves the cursor behind the text.</summary>
    [Parameter]
    public SwitchParameter NoNewline { get; set; }

    /// <summary>What stands between the elements of a collection.</summary>
    [Parameter]
    public object Separator { get; set; } = " ";

    /// <summary>Colour of the text.</summary>
    [Parameter]
    public ConsoleColor? ForegroundColor { get; set; }

    /// <summary>Colour behind the text.</summary>
    [Parameter]
    public ConsoleColor? BackgroundColor { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        HostInformationMessage message = new()
        {
            Message = Format(Object),
            NoNewLine = NoNewline.IsPresent,
            ForegroundColor = ForegroundColor,
            BackgroundColor = BackgroundColor,
        };
        WriteInformation(message, ["PSHOST"]);
    }

    private string Format(object? value) => value switch
    {
        null => "",
        string text => text,
        PSObject { BaseObject: string or IEnumerable } wrapped => Format(wrapped.BaseObject),
        IEnumerable elements => string.Join(Separator?.ToString(), elements.Cast<object?>().Select(Format)),
        _ => value.ToString() ?? "",
    };
}
