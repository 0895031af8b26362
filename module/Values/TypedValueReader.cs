using System.Collections;
using Eformer.Pool.Functions;

namespace Eformer.Pool.Module.Values;

/// <summary>Reads values as the .NET type that the function declares.</summary>
/// <param name="request">The function.</param>
/// <param name="activity">What its progress is shown as.</param>
internal sealed class TypedValueReader<T>(RemoteRequest<T> request, string activity) : IValueReader
{
    /// <inheritdoc/>
    public string Activity => activity;

    /// <inheritdoc/>
    public IList Read(RunRecord record) => typeof(T) == typeof(NoValue)
        ? Array.Empty<object>()
        : ValueItems.Read(record.Host, () => ValueRecord.Read(record.Data.Span, request.ValueInfo).Cast<object?>());
}
