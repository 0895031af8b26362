using System.Management.Automation;

namespace Eformer.Pool.HostWorker.Engines.Commands;

/// <summary><c>Write-Information</c> of the embedded engine.</summary>
[Cmdlet(VerbsCommunications.Write, "Information")]
public sealed class WriteInformationCommand : PSCmdlet
{
    /// <summary>What to tell.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true)]
    [Alias("Msg", "Message")]
    public object? MessageData { get; set; }

    /// <summary>Words to find it by.</summary>
    [Parameter(Position = 1)]
    public string[]? Tags { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        string? reserved = Tags?.FirstOrDefault(tag => tag.StartsWith("PS", StringComparison.OrdinalIgnoreCase));
        if (reserved is not null)
        {
            InvalidOperationException problem = new($"The tag '{reserved}' cannot be used: tags that start with 'PS' are PowerShell's own.");
            ThrowTerminatingError(new ErrorRecord(problem, "PSPrefixReservedInInformationTag", ErrorCategory.InvalidArgument, reserved));
        }
    }

    /// <inheritdoc/>
    protected override void ProcessRecord() => WriteInformation(MessageData!, Tags!);
}
