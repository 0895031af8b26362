using Eformer.Pool.Placement;

namespace Eformer.Pool;

/// <summary>None of the requested slice counts can be satisfied now. Nothing is held when it is thrown.</summary>
public sealed class InsufficientSlicesException : SlicePoolException
{
    /// <summary>Makes the error with no details. Prefer the constructor with sizes.</summary>
    public InsufficientSlicesException() : this([], 0, "Not enough slices.") { }

    /// <summary>Makes the error from a message alone.</summary>
    public InsufficientSlicesException(string message) : this([], 0, message) { }

    /// <summary>Makes the error from a message and its cause.</summary>
    public InsufficientSlicesException(string message, Exception innerException) : base(message, innerException) { }

    /// <summary>Makes the error with a reason for each size.</summary>
    /// <param name="requestedSizes">The slice counts that were asked for.</param>
    /// <param name="available">How many slices could be placed now.</param>
    /// <param name="explanations">Why each of the sizes is not possible.</param>
    public InsufficientSlicesException(IReadOnlyList<int> requestedSizes, int available, IReadOnlyList<SizeExplanation> explanations)
        : this(requestedSizes, available, $"{SizeLadder.Describe(explanations)}.")
    {
        // An array, because PowerShell cannot index the lists that the compiler makes for itself.
        SizeExplanation[] sorted = [.. explanations.OrderByDescending(explanation => explanation.Size)];
        Explanations = sorted;
    }

    /// <summary>Makes the error.</summary>
    /// <param name="requestedSizes">The slice counts that were asked for.</param>
    /// <param name="available">How many slices could be placed now.</param>
    /// <param name="reason">Why no more could be, in one sentence.</param>
    public InsufficientSlicesException(IReadOnlyList<int> requestedSizes, int available, string reason)
        : base(
            "InsufficientSlices",
            PoolErrorCategory.ResourceUnavailable,
            $"Not enough slices: {string.Join(" or ", requestedSizes)} requested, {available} can be placed now. {reason}",
            "Ask for fewer slices, wait for hosts to become free, or start more workers with 'eformer-host agent'.")
    {
        RequestedSizes = requestedSizes;
        Available = available;
        Reason = reason;
    }

    /// <summary>The slice counts that were asked for.</summary>
    public IReadOnlyList<int> RequestedSizes { get; } = [];

    /// <summary>How many slices could have been placed.</summary>
    public int Available { get; }

    /// <summary>Why no more could be placed.</summary>
    public string Reason { get; } = "";

    /// <summary>Why each size is not possible, largest first; empty when the error was made without.</summary>
    public IReadOnlyList<SizeExplanation> Explanations { get; } = [];
}
