namespace Eformer.Pool.Module.Runs;

/// <summary>The hosts of a run and what came from them so far.</summary>
internal sealed class RunResults(RunHandle handle)
{
    private readonly Dictionary<HostAddress, HostProgress> _hosts = handle.Hosts.ToDictionary(host => host, _ => new HostProgress());
    private int _next;

    /// <summary>What came from a host so far.</summary>
    public HostProgress Host(HostAddress host) => _hosts[host];

    /// <summary>The results that may be written now: those of ended hosts that no earlier host keeps waiting.</summary>
    public IEnumerable<HostResult> TakeComplete()
    {
        while (_next < handle.Hosts.Count && _hosts[handle.Hosts[_next]] is { End: AttemptEnd end } host)
        {
            yield return HostResult.From(handle.Hosts[_next++], end, handle.Queued, [.. host.Output], [.. host.Errors]);
        }
    }
}
