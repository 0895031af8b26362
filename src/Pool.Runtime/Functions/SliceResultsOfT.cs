using System.Collections;

namespace Eformer.Pool;

/// <summary>What the slices made of a remote function, in slot order.</summary>
/// <typeparam name="T">The function's result.</typeparam>
public sealed class SliceResults<T> : IReadOnlyList<SliceResult<T>>
{
    private readonly IReadOnlyList<SliceResult<T>> _slices;

    internal SliceResults(HostResults<T> hosts)
    {
        RunId = hosts.RunId;
        _slices = [.. hosts.GroupBy(host => host.SliceId).Select(slice => new SliceResult<T>([.. slice]))];
    }

    /// <summary>The run.</summary>
    public string RunId { get; }

    /// <inheritdoc/>
    public int Count => _slices.Count;

    /// <summary>Those whose hosts all succeeded.</summary>
    public IReadOnlyList<SliceResult<T>> Succeeded => [.. _slices.Where(slice => slice.Succeeded)];

    /// <summary>The others.</summary>
    public IReadOnlyList<SliceResult<T>> Failed => [.. _slices.Where(slice => !slice.Succeeded)];

    /// <inheritdoc/>
    public SliceResult<T> this[int index] => _slices[index];

    /// <inheritdoc/>
    public IEnumerator<SliceResult<T>> GetEnumerator() => _slices.GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <inheritdoc/>
    public override string ToString() => $"{Succeeded.Count} of {Count} succeeded";
}
