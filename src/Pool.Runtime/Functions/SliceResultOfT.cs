namespace Eformer.Pool;

/// <summary>What one slice made of a remote function.</summary>
/// <typeparam name="T">The function's result.</typeparam>
public sealed class SliceResult<T>
{
    internal SliceResult(IReadOnlyList<HostResult<T>> hosts) => Hosts = hosts;

    /// <summary>Slot of the slice in its pool, from 0.</summary>
    public int SliceId => Hosts[0].SliceId;

    /// <summary>Name of the slice.</summary>
    public string SliceName => Hosts[0].Host.SliceName;

    /// <summary>The results of its hosts, in host order; at least one.</summary>
    public IReadOnlyList<HostResult<T>> Hosts { get; }

    /// <summary>Whether all of its hosts succeeded.</summary>
    public bool Succeeded => Hosts.All(host => host.Succeeded);

    /// <summary>The values of its hosts, in host order.</summary>
    /// <exception cref="HostRunException">One did not succeed: the error of the first of them.</exception>
    public IReadOnlyList<T> Values => [.. Hosts.Select(host => host.Value)];

    /// <inheritdoc/>
    public override string ToString() => $"{SliceName}: {Hosts.Count(host => host.Succeeded)} of {Hosts.Count} succeeded";
}
