namespace Eformer.Pool;

/// <summary>An error of a pool, with an id that stays the same for life and advice on what to do.</summary>
public class SlicePoolException : Exception
{
    /// <summary>Makes an error with no details. Prefer the other constructors.</summary>
    public SlicePoolException() : this("Unknown", PoolErrorCategory.InvalidOperation, "The operation failed.") { }

    /// <summary>Makes an error from a message alone.</summary>
    public SlicePoolException(string message) : this("Unknown", PoolErrorCategory.InvalidOperation, message) { }

    /// <summary>Makes an error from a message and its cause.</summary>
    public SlicePoolException(string message, Exception innerException)
        : this("Unknown", PoolErrorCategory.InvalidOperation, message, innerException: innerException) { }

    /// <summary>Makes an error.</summary>
    /// <param name="errorId">Stable id, one per cause, such as <c>StoreUnreachable</c>.</param>
    /// <param name="category">Its kind.</param>
    /// <param name="message">What happened, to what.</param>
    /// <param name="recommendedAction">What the user can do about it.</param>
    /// <param name="target">The object it is about.</param>
    /// <param name="innerException">The cause.</param>
    public SlicePoolException(
        string errorId,
        PoolErrorCategory category,
        string message,
        string? recommendedAction = null,
        object? target = null,
        Exception? innerException = null)
        : base(message, innerException)
    {
        ErrorId = errorId;
        Category = category;
        RecommendedAction = recommendedAction;
        Target = target;
    }

    /// <summary>Stable id of the cause; the first part of PowerShell's FullyQualifiedErrorId.</summary>
    public string ErrorId { get; }

    /// <summary>The kind of trouble.</summary>
    public PoolErrorCategory Category { get; }

    /// <summary>What to do about it, or null.</summary>
    public string? RecommendedAction { get; }

    /// <summary>The object the error is about, or null.</summary>
    public object? Target { get; }
}
