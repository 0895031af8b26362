using System.Collections;
using System.Management.Automation;
using Eformer.Pool.Module.Binding;
using Eformer.Pool.Module.Completion;
using Eformer.Pool.Module.Session;
using Eformer.Pool.Topology;

namespace Eformer.Pool.Module.Commands;

/// <summary>Leases slices, all of a slice or none, and returns the pool that holds them.</summary>
[Cmdlet(VerbsCommon.New, "SlicePool", DefaultParameterSetName = HostsSet, SupportsShouldProcess = true)]
[OutputType(typeof(SlicePool))]
public sealed class NewSlicePoolCommand : ScalingCmdlet
{
    private const string LocalSet = "Local";
    private const string HostsSet = "Hosts";
    private const string TpuSet = "Tpu";

    private IReadOnlyList<int> _sizes = [];
    private SlicePoolOptions _options = new();

    /// <summary>Name of the pool; made up when it is not given.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNull]
    public string? Name { get; set; }

    /// <summary>A pool on this machine, with a store and hosts of its own, which end with the pool.</summary>
    [Parameter(ParameterSetName = LocalSet, Mandatory = true)]
    public SwitchParameter Local { get; set; }

    /// <summary>The store: host, port and options, or a URI (redis://host:port, rediss:// with TLS). Default: the environment variable EFORMER_STORE.</summary>
    [Parameter(ParameterSetName = HostsSet)]
    [Parameter(ParameterSetName = TpuSet)]
    public string? Store { get; set; }

    /// <summary>The fleet to lease from.</summary>
    [Parameter(ParameterSetName = HostsSet)]
    [Parameter(ParameterSetName = TpuSet)]
    public string Fleet { get; set; } = "default";

    /// <summary>Type of the TPU slices, as Google Cloud names it: v5e-16, v5litepod-16, v5p-8. It tells the hosts in each slice.</summary>
    [Parameter(ParameterSetName = TpuSet, Mandatory = true)]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(TpuTypeCompleter))]
    public string? TpuType { get; set; }

    /// <summary>
    /// Labels that every host must have, as a hashtable of label = value. A value may have wildcards, or be a list of which one must fit.
    /// </summary>
    [Parameter(ParameterSetName = HostsSet)]
    [Parameter(ParameterSetName = TpuSet)]
    [ValidateNotNull]
    public IDictionary? Selector { get; set; }

    /// <summary>Hosts in each slice; 2 in a local pool.</summary>
    [Parameter(ParameterSetName = LocalSet)]
    [Parameter(ParameterSetName = HostsSet, Mandatory = true)]
    [ValidateRange(1, int.MaxValue)]
    public int HostsPerSlice { get; set; } = 2;

    /// <summary>The number of slices, or a list of valid ones: the largest that is possible is taken.</summary>
    [Parameter]
    [AllowNull]
    [AllowEmptyCollection]
    public int[]? SliceCount { get; set; } = [1];

    /// <summary>How the hosts of a slice lie on machines: each on its own (default), on many, on few, all on one.</summary>
    [Parameter]
    public PlacementStrategy Strategy { get; set; }

    /// <summary>Life of a lease without a renewal, in seconds.</summary>
    [Parameter]
    [ValidateRange(10, 3600)]
    public int LeaseSec { get; set; } = 30;

    /// <summary>
    /// How long the hosts keep the pool when this session is gone, in seconds, at most 30 days; Connect-SlicePool takes it over. Without
    /// it the pool ends with this session.
    /// </summary>
    [Parameter]
    [ValidateRange(1, Durations.LongestSec)]
    public int? KeepForSec { get; set; }

    /// <summary>File with the fleet's keys; without it they are looked for in the usual place.</summary>
    [Parameter(ParameterSetName = HostsSet)]
    [Parameter(ParameterSetName = TpuSet)]
    [ValidateNotNullOrEmpty]
    public string? KeyFile { get; set; }

    /// <summary>Allows a store on another machine to be reached without TLS.</summary>
    [Parameter(ParameterSetName = HostsSet)]
    [Parameter(ParameterSetName = TpuSet)]
    public SwitchParameter AllowInsecureTransport { get; set; }

    /// <inheritdoc/>
    protected override void Begin()
    {
        _sizes = CheckSizes(SliceCount);
        _options = ParameterSetName == LocalSet ? LocalOptions() : StoreOptions();
        _options.Check();
    }

    /// <inheritdoc/>
    protected override void End()
    {
        if (ShouldProcess(Describe(), "New-SlicePool"))
        {
            SlicePool pool = AwaitScale((scale, token) => PoolOpener.OpenAsync(_options, _sizes, scale, token));
            SessionPools.Add(pool);
            WriteObject(pool);
        }
    }

    private SlicePoolOptions LocalOptions() => Common() with
    {
        LocalSliceCount = _sizes[^1],
        WorkerFolder = LocalInstallation.WorkerFolder,
        PowerShellHome = LocalInstallation.PowerShellHome,
    };

    private SlicePoolOptions StoreOptions() => Common() with
    {
        Store = StoreArguments.Get(Store, Fleet, AllowInsecureTransport, "For a pool on this machine alone use -Local."),
        KeyFile = KeyFile is null ? null : GetUnresolvedProviderPathFromPSPath(KeyFile),
        TpuType = TpuType is null ? null : Pool.TpuType.Parse(TpuType),
        Selector = SelectorTable.Read(Selector),
    };

    private SlicePoolOptions Common() => new()
    {
        Name = Name is null ? null : PoolName.Check(Name, "pool"),
        HostsPerSlice = HostsPerSlice,
        Strategy = Strategy,
        LeaseTtl = TimeSpan.FromSeconds(LeaseSec),
        KeepFor = TimeSpan.FromSeconds(KeepForSec ?? 0),
    };

    // Never the connection: it may hold a password.
    private string Describe()
    {
        string name = _options.Name is null ? "a pool" : $"pool '{_options.Name}'";
        string what = _options.TpuType is null ? $"{HostsPerSlice} hosts" : $"{_options.TpuType}";
        string where = _options.Store is null ? "on this machine" : $"in fleet '{_options.Store.Fleet}'";
        return $"{name} of {string.Join(" or ", _sizes)} x {what} {where}{Plan()}";
    }

    // What would be leased can only be told of a fleet that is there already.
    private string Plan() => IsWhatIf && _options.Store is not null
        ? $": {Await(token => SlicePoolManager.PreviewAsync(_options, _sizes, token))}"
        : "";
}
