using System.Management.Automation;
using System.Runtime.CompilerServices;

namespace Eformer.Pool.HostWorker.Engines.Commands;

/// <summary><c>Write-Error</c> of the embedded engine.</summary>
[Cmdlet(VerbsCommunications.Write, "Error", DefaultParameterSetName = "NoException")]
public sealed class WriteErrorCommand : PSCmdlet
{
    // The id that the real cmdlet gives; scripts look for it.
    private const string DefaultErrorId = "Microsoft.PowerShell.Commands.WriteErrorException";

    /// <summary>The exception the error is about.</summary>
    [Parameter(ParameterSetName = "WithException", Mandatory = true)]
    public Exception? Exception { get; set; }

    /// <summary>The error's text.</summary>
    [Parameter(Position = 0, ParameterSetName = "NoException", Mandatory = true, ValueFromPipeline = true)]
    [Parameter(ParameterSetName = "WithException")]
    [AllowNull]
    [AllowEmptyString]
    [Alias("Msg")]
    public string? Message { get; set; }

    /// <summary>An error to write again.</summary>
    [Parameter(ParameterSetName = "ErrorRecord", Mandatory = true)]
    public ErrorRecord? ErrorRecord { get; set; }

    /// <summary>The error's category.</summary>
    [Parameter(ParameterSetName = "NoException")]
    [Parameter(ParameterSetName = "WithException")]
    public ErrorCategory Category { get; set; } = ErrorCategory.NotSpecified;

    /// <summary>The error's id.</summary>
    [Parameter(ParameterSetName = "NoException")]
    [Parameter(ParameterSetName = "WithException")]
    public string? ErrorId { get; set; }

    /// <summary>What the error is about.</summary>
    [Parameter(ParameterSetName = "NoException")]
    [Parameter(ParameterSetName = "WithException")]
    public object? TargetObject { get; set; }

    /// <summary>What can be done about it.</summary>
    [Parameter]
    public string? RecommendedAction { get; set; }

    /// <summary>What was being done.</summary>
    [Parameter]
    [Alias("Activity")]
    public string? CategoryActivity { get; set; }

    /// <summary>Why it failed, in a word.</summary>
    [Parameter]
    [Alias("Reason")]
    public string? CategoryReason { get; set; }

    /// <summary>Name of what the error is about.</summary>
    [Parameter]
    [Alias("TargetName")]
    public string? CategoryTargetName { get; set; }

    /// <summary>Type of what the error is about.</summary>
    [Parameter]
    [Alias("TargetType")]
    public string? CategoryTargetType { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        ErrorRecord error = ErrorRecord is null ? Make() : new ErrorRecord(ErrorRecord, null);
        if (!string.IsNullOrEmpty(RecommendedAction))
        {
            error.ErrorDetails ??= new ErrorDetails(error.ToString());
            error.ErrorDetails.RecommendedAction = RecommendedAction;
        }

        AttributeToCaller(error);
        Categorize(error.CategoryInfo);
        WriteError(error);
    }

    private ErrorRecord Make()
    {
        Exception exception = Exception ?? new WriteErrorException(Message ?? "");
        string id = !string.IsNullOrEmpty(ErrorId) ? ErrorId : Exception?.GetType().FullName ?? DefaultErrorId;
        ErrorRecord error = new(exception, id, Category, TargetObject);
        if (Exception is not null && !string.IsNullOrEmpty(Message))
        {
            error.ErrorDetails = new ErrorDetails(Message);
        }

        return error;
    }

    private void Categorize(ErrorCategoryInfo info)
    {
        info.Activity = string.IsNullOrEmpty(CategoryActivity) ? "Write-Error" : CategoryActivity;
        info.Reason = string.IsNullOrEmpty(CategoryReason) ? info.Reason : CategoryReason;
        info.TargetName = string.IsNullOrEmpty(CategoryTargetName) ? info.TargetName : CategoryTargetName;
        info.TargetType = string.IsNullOrEmpty(CategoryTargetType) ? info.TargetType : CategoryTargetType;
    }

    // The error belongs to the script that wrote it, so its id names the function and its place is there. The engine
    // keeps these members to itself; the one used here is shipped with the worker, so they are there.
    private void AttributeToCaller(ErrorRecord error)
    {
        if (GetVariableValue("MyInvocation") is InvocationInfo caller)
        {
            SetInvocationInfo(error, caller);
            SetPreserveInvocationInfoOnce(error, true);
        }
    }

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "SetInvocationInfo")]
    private static extern void SetInvocationInfo(ErrorRecord error, InvocationInfo caller);

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "set_PreserveInvocationInfoOnce")]
    private static extern void SetPreserveInvocationInfoOnce(ErrorRecord error, bool value);
}
