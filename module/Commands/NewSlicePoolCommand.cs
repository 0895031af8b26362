using System.Management.Automation;
using Eformer.Pool.Module.Binding;
using Eformer.Pool.Module.Session;
using Eformer.Pool.Topology;

namespace Eformer.Pool.Module.Commands;

/// <summary>Leases slices, all of a slice or none, and returns the pool that holds them.</summary>
[Cmdlet(VerbsCommon.New, "SlicePool", DefaultParameterSetName = StoreSet, SupportsShouldProcess = true)]
[OutputType(typeof(SlicePool))]
public sealed class NewSlicePoolCommand : SlicePoolCmdlet
{
    private const string LocalSet = "Local";
    private const string StoreSet = "Store";

    /// <summary>Name of the pool; made up when it is not given.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNull]
    public string? Name { get; set; }

    /// <summary>A pool on this machine, with a store and hosts of its own, which end with the pool.</summary>
    [Parameter(ParameterSetName = LocalSet, Mandatory = true)]
    public SwitchParameter Local { get; set; }

    /// <summary>The store: host, port and options. Default: the environment variable EFORMER_STORE.</summary>
    [Parameter(ParameterSetName = StoreSet)]
    public string? Store { get; set; }

    /// <summary>The fleet to lease from.</summary>
    [Parameter(ParameterSetName = StoreSet)]
    public string Fleet { get; set; } = "default";

    /// <summary>Hosts in each slice; 2 in a local pool.</summary>
    [Parameter(ParameterSetName = LocalSet)]
    [Parameter(ParameterSetName = StoreSet, Mandatory = true)]
    [ValidateRange(1, int.MaxValue)]
    public int HostsPerSlice { get; set; } = 2;

    /// <summary>Number of slices.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ValidateRange(1, int.MaxValue)]
    public int[] SliceCount { get; set; } = [1];

    /// <summary>Life of a lease without a renewal, in seconds.</summary>
    [Parameter]
    [ValidateRange(10, 3600)]
    public int LeaseSec { get; set; } = 30;

    /// <summary>File with the fleet's keys; without it they are looked for in the usual place.</summary>
    [Parameter(ParameterSetName = StoreSet)]
    [ValidateNotNullOrEmpty]
    public string? KeyFile { get; set; }

    /// <summary>Allows a store on another machine to be reached without TLS.</summary>
    [Parameter(ParameterSetName = StoreSet)]
    public SwitchParameter AllowInsecureTransport { get; set; }

    /// <inheritdoc/>
    protected override void Begin()
    {
        if (SliceCount.Length != 1)
        {
            throw new SlicePoolException(
                "InvalidSize",
                PoolErrorCategory.InvalidArgument,
                "More than one slice count was given.",
                "Give one number of slices. A list of valid sizes is not supported yet.",
                SliceCount);
        }
    }

    /// <inheritdoc/>
    protected override void End()
    {
        SlicePoolOptions options = ParameterSetName == LocalSet ? LocalOptions() : StoreOptions();
        if (ShouldProcess(Describe(options), "New-SlicePool"))
        {
            SlicePool pool = Await(token => PoolOpener.OpenAsync(options, SliceCount[0], token));
            SessionPools.Add(pool);
            WriteObject(pool);
        }
    }

    private SlicePoolOptions LocalOptions() => Common() with
    {
        LocalSliceCount = SliceCount[0],
        WorkerFolder = LocalInstallation.WorkerFolder,
        PowerShellHome = LocalInstallation.PowerShellHome,
    };

    private SlicePoolOptions StoreOptions() => Common() with
    {
        Store = StoreArguments.Get(Store, Fleet, AllowInsecureTransport),
        KeyFile = KeyFile is null ? null : GetUnresolvedProviderPathFromPSPath(KeyFile),
    };

    private SlicePoolOptions Common() => new()
    {
        Name = Name is null ? null : PoolName.Check(Name, "pool"),
        HostsPerSlice = HostsPerSlice,
        LeaseTtl = TimeSpan.FromSeconds(LeaseSec),
    };

    // Never the connection: it may hold a password.
    private string Describe(SlicePoolOptions options) =>
        $"{(options.Name is null ? "a pool" : $"pool '{options.Name}'")} of {SliceCount[0]} x {HostsPerSlice} hosts "
        + (options.Store is null ? "on this machine" : $"in fleet '{options.Store.Fleet}'");
}
