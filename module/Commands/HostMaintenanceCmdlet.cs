using System.Management.Automation;
using Eformer.Pool.Module.Binding;
using Eformer.Pool.Module.Completion;
using Eformer.Pool.Module.Errors;
using Eformer.Pool.Topology;

namespace Eformer.Pool.Module.Commands;

/// <summary>What commands share that keep hosts free: the hosts are gathered first, so that a fleet is asked once.</summary>
public abstract class HostMaintenanceCmdlet : FleetCmdlet
{
    private readonly Dictionary<string, List<string>> _hosts = new(StringComparer.Ordinal);

    /// <summary>Keys of hosts.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public new string[] Host { get; set; } = [];

    /// <summary>A pool of this session, or its name: the hosts are of its fleet, which may be a local one.</summary>
    [Parameter]
    [SlicePoolTransformation]
    [ArgumentCompleter(typeof(PoolNameCompleter))]
    public SlicePool? Pool { get; set; }

    /// <inheritdoc/>
    protected sealed override void Process()
    {
        if (!_hosts.TryGetValue(Fleet, out List<string>? hosts))
        {
            _hosts.Add(Fleet, hosts = []);
        }

        hosts.AddRange(Host.Select(host => PoolName.Check(host, "host")).Except(hosts));
    }

    /// <inheritdoc/>
    protected sealed override void End()
    {
        foreach ((string fleet, List<string> hosts) in _hosts)
        {
            ForEach(fleet, () => Work(fleet, hosts));
        }
    }

    /// <summary>Works on hosts of one fleet.</summary>
    private protected abstract void Work(string fleet, IReadOnlyList<string> hosts);

    /// <summary>Does something with a fleet.</summary>
    private protected T Do<T>(string fleet, Func<SliceFleet, CancellationToken, Task<T>> work) =>
        Pool is null ? WithFleet(fleet, work) : WithFleetOf(Pool, work);

    /// <summary>The hosts that are registered, by key.</summary>
    private protected Dictionary<string, SliceHost> Registered(string fleet) =>
        Do(fleet, (open, token) => open.GetHostsAsync(token)).ToDictionary(host => host.Host, StringComparer.Ordinal);

    /// <summary>Says that there is no host of that name.</summary>
    private protected void WriteNotFound(string host, string fleet, string advice) =>
        WriteError(ErrorRecords.From(HostNames.NotFound(host, Pool is { IsOwned: true } ? Pool.Fleet : fleet, advice)));
}
