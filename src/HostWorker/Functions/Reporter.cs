using System.Text.Json.Serialization.Metadata;

namespace Eformer.Pool.HostWorker.Functions;

/// <summary>Where a function reports to. Thread-safe.</summary>
internal sealed class Reporter<T>(ReportBox reports, JsonTypeInfo<T> info) : IProgress<T>
{
    /// <inheritdoc/>
    public void Report(T value) => reports.Put(value, info);
}
