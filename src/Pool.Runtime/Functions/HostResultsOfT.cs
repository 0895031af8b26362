using System.Collections;

namespace Eformer.Pool;

/// <summary>What the hosts made of a remote function: one result for each, in slot and host order. A host that failed costs its own result only.</summary>
/// <typeparam name="T">The function's result.</typeparam>
public sealed class HostResults<T> : IReadOnlyList<HostResult<T>>
{
    private readonly IReadOnlyList<HostResult<T>> _results;

    internal HostResults(string runId, IReadOnlyList<HostResult<T>> results)
    {
        RunId = runId;
        _results = results;
    }

    /// <summary>The run.</summary>
    public string RunId { get; }

    /// <inheritdoc/>
    public int Count => _results.Count;

    /// <summary>Those that succeeded.</summary>
    public IReadOnlyList<HostResult<T>> Succeeded => [.. _results.Where(result => result.Succeeded)];

    /// <summary>Those that did not.</summary>
    public IReadOnlyList<HostResult<T>> Failed => [.. _results.Where(result => !result.Succeeded)];

    /// <summary>The values of all hosts.</summary>
    /// <exception cref="HostRunException">One did not succeed: the error of the first of them.</exception>
    public IReadOnlyList<T> Values => [.. _results.Select(result => result.Value)];

    /// <inheritdoc/>
    public HostResult<T> this[int index] => _results[index];

    /// <summary>The result of one host.</summary>
    /// <param name="slice">Slot of its slice.</param>
    /// <param name="host">Its index there.</param>
    /// <exception cref="KeyNotFoundException">The function did not run there.</exception>
    public HostResult<T> this[int slice, int host] => _results.FirstOrDefault(result => result.SliceId == slice && result.HostId == host)
        ?? throw new KeyNotFoundException($"Run {RunId} was not for host {host} of slice {slice}.");

    /// <inheritdoc/>
    public IEnumerator<HostResult<T>> GetEnumerator() => _results.GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <inheritdoc/>
    public override string ToString() => $"{Succeeded.Count} of {Count} succeeded";
}
