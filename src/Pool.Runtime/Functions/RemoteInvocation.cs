using System.Text.Json.Serialization.Metadata;

namespace Eformer.Pool.Functions;

/// <summary>What a host gives a function that it calls, and takes from it. Called by generated code; derived from by the worker.</summary>
public abstract class RemoteInvocation
{
    /// <summary>Where it runs.</summary>
    public abstract HostContext Host { get; }

    /// <summary>Cancelled when the function is to stop: on request, when its time is up, when the lease ends.</summary>
    public abstract CancellationToken Stop { get; }

    /// <summary>Where the function reports to. Reports that come faster than they can be shown are skipped, never the last.</summary>
    /// <typeparam name="T">What it reports.</typeparam>
    public abstract IProgress<T> Progress<T>(JsonTypeInfo<T> info);

    /// <summary>Takes the function's result, or the next item of its stream. Waits while the driver is behind.</summary>
    public abstract ValueTask GiveAsync<T>(T value, JsonTypeInfo<T> info);

    /// <summary>Takes the items of a stream, to its end.</summary>
    public async Task GiveAllAsync<T>(IAsyncEnumerable<T> items, JsonTypeInfo<T> info)
    {
        await foreach (T item in items.WithCancellation(Stop).ConfigureAwait(false))
        {
            await GiveAsync(item, info).ConfigureAwait(false);
        }
    }
}
