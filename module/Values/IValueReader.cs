using System.Collections;

namespace Eformer.Pool.Module.Values;

/// <summary>Reads what a remote function gives.</summary>
internal interface IValueReader
{
    /// <summary>What the function's progress is shown as.</summary>
    string Activity { get; }

    /// <summary>The objects of a <see cref="RecordKind.Value"/> record, as they are written to the pipeline: lists as their items.</summary>
    /// <exception cref="SlicePoolException"><c>ResultUnreadable</c>.</exception>
    IList Read(RunRecord record);
}
