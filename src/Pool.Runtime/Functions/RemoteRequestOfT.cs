using System.Text.Json.Serialization.Metadata;

namespace Eformer.Pool.Functions;

/// <summary>A remote function with its arguments. Derived from by generated code.</summary>
/// <typeparam name="T">What it gives: its result, or the items of its stream.</typeparam>
public abstract class RemoteRequest<T> : RemoteRequest
{
    /// <summary>How values are read and written.</summary>
    public abstract JsonTypeInfo<T> ValueInfo { get; }
}
