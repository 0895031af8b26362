using System.Text.Json.Serialization.Metadata;

namespace Eformer.Pool.Functions;

/// <summary>What the requests that the generator makes have in common, so that as little as can be is made for each.</summary>
/// <typeparam name="T">What the function gives: its result, or the items of its stream.</typeparam>
/// <param name="contract">The function.</param>
/// <param name="json">How its assembly reads and writes.</param>
public abstract class FunctionRequest<T>(RemoteContract contract, RemoteJson json) : RemoteRequest<T>
{
    /// <inheritdoc/>
    public sealed override RemoteContract Contract => contract;

    /// <inheritdoc/>
    public sealed override JsonTypeInfo<T> ValueInfo => json.Of<T>();

    /// <summary>How its assembly reads and writes.</summary>
    protected RemoteJson Json => json;

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
    protected IProgress<TReport> Progress<TReport>(RemoteInvocation invocation) => invocation.Progress(json.Of<TReport>());
}
