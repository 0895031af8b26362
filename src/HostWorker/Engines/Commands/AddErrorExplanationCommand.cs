using System.Management.Automation;

namespace Eformer.Pool.HostWorker.Engines.Commands;

/// <summary>Passes everything on, and explains errors on their way to a console of the embedded engine.</summary>
[Cmdlet(VerbsCommon.Add, "ErrorExplanation")]
public sealed class AddErrorExplanationCommand : PSCmdlet
{
    /// <summary>What comes by.</summary>
    [Parameter(ValueFromPipeline = true)]
    [AllowNull]
    public PSObject? InputObject { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (InputObject?.BaseObject is ErrorRecord error)
        {
            EmbeddedCommands.ExplainMissing(error);
        }

        WriteObject(InputObject);
    }
}
