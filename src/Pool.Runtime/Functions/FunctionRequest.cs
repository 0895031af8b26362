using System.ComponentModel;
using System.Text.Json.Serialization.Metadata;

namespace Eformer.Pool.Functions;

/// <summary>What the requests that the generator makes have in common, so that as little as can be is made for each.</summary>
/// <typeparam name="T">What the function gives: its result, or the items of its stream.</typeparam>
public abstract class FunctionRequest<T> : RemoteRequest<T>
{
    /// <summary>Makes one.</summary>
    /// <param name="contract">The function, with how its assembly reads and writes.</param>
    protected FunctionRequest(RemoteContract contract) : this(contract, contract.Json)
    {
    }

    /// <summary>As above, for code that version 0.1 first generated: its contracts do not say how the assembly reads and writes.</summary>
    /// <param name="contract">The function.</param>
    /// <param name="json">How its assembly reads and writes.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected FunctionRequest(RemoteContract contract, RemoteJson json) => (Contract, Json) = (contract, json);

    /// <inheritdoc/>
    public sealed override RemoteContract Contract { get; }

    /// <inheritdoc/>
    public sealed override JsonTypeInfo<T> ValueInfo => Json.Of<T>();

    /// <summary>How its assembly reads and writes.</summary>
    protected RemoteJson Json { get; }

    /// <summary>How what it reports is read and written.</summary>
    internal JsonTypeInfo<TReport> ReportInfo<TReport>() => Json.Of<TReport>();

    /// <summary>Gives a value.</summary>
    protected Task GiveAsync(RemoteInvocation invocation, T value) => invocation.GiveAsync(value, ValueInfo).AsTask();

    /// <summary>Awaits a value and gives it.</summary>
    protected async Task GiveTaskAsync(RemoteInvocation invocation, Task<T> value) =>
        await invocation.GiveAsync(await (value ?? throw NothingToAwait()).ConfigureAwait(false), ValueInfo).ConfigureAwait(false);

    /// <summary>Awaits a value and gives it.</summary>
    protected async Task GiveTaskAsync(RemoteInvocation invocation, ValueTask<T> value) =>
        await invocation.GiveAsync(await value.ConfigureAwait(false), ValueInfo).ConfigureAwait(false);

    /// <summary>Gives the items of a stream.</summary>
    protected Task GiveStreamAsync(RemoteInvocation invocation, IAsyncEnumerable<T> items) =>
        invocation.GiveAllAsync(items ?? throw NothingToAwait(), ValueInfo);

    /// <summary>Where the function reports to.</summary>
    protected IProgress<TReport> Progress<TReport>(RemoteInvocation invocation) => invocation.Progress(ReportInfo<TReport>());
}
