using System.Management.Automation;

namespace Eformer.Pool.Module.Errors;

/// <summary>Turns the runtime's errors into PowerShell's.</summary>
internal static class ErrorRecords
{
    /// <summary>The error with its id, its kind, what it is about and what to do.</summary>
    /// <param name="error">The error.</param>
    /// <param name="target">What it is about when it does not say so itself.</param>
    public static ErrorRecord From(SlicePoolException error, object? target = null) =>
        new(error, error.ErrorId, Category(error.Category), error.Target ?? target)
        {
            ErrorDetails = new ErrorDetails(error.Message) { RecommendedAction = error.RecommendedAction },
        };

    /// <summary>An error that no code was written for.</summary>
    public static SlicePoolException Unexpected(Exception cause) => new(
        "UnexpectedError",
        PoolErrorCategory.InvalidOperation,
        $"Something unexpected happened: {cause.GetType().Name}: {cause.Message}",
        "This is a defect: please report it with what $Error[0].Exception.InnerException says.",
        innerException: cause);

    // The names are PowerShell's own, but for code that failed far away, for which PowerShell has none.
    private static ErrorCategory Category(PoolErrorCategory category) =>
        category == PoolErrorCategory.FromRemoteHost ? ErrorCategory.InvalidResult : Enum.Parse<ErrorCategory>(category.ToString());
}
