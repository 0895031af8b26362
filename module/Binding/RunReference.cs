namespace Eformer.Pool.Module.Binding;

/// <summary>A run: an entry of a list, or an id.</summary>
public sealed class RunReference
{
    /// <summary>An id.</summary>
    public RunReference(string runId) => RunId = runId;

    /// <summary>An entry of a list.</summary>
    public RunReference(RunInfo run)
    {
        RunId = run?.RunId ?? "";
        Fleet = run?.Fleet;
    }

    /// <summary>The run's id.</summary>
    public string RunId { get; }

    /// <summary>Its fleet; null when only the id was given.</summary>
    public string? Fleet { get; }

    /// <inheritdoc/>
    public override string ToString() => RunId;
}
