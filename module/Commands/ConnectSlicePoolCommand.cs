using System.Management.Automation;
using Eformer.Pool.Module.Binding;
using Eformer.Pool.Module.Session;
using Eformer.Pool.Topology;

namespace Eformer.Pool.Module.Commands;

/// <summary>Takes kept pools over whose sessions are gone or have let go of them, and returns them.</summary>
/// <remarks>Of several who try exactly one gets a pool. What its slices are like comes from the pool itself.</remarks>
[Cmdlet(VerbsCommunications.Connect, "SlicePool", SupportsShouldProcess = true)]
[OutputType(typeof(SlicePool))]
public sealed class ConnectSlicePoolCommand : SlicePoolCmdlet
{
    /// <summary>Names of pools.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string[] Name { get; set; } = [];

    /// <summary>The store: host, port and options, or a URI (redis://host:port, rediss:// with TLS). Default: the environment variable EFORMER_STORE.</summary>
    [Parameter]
    public string? Store { get; set; }

    /// <summary>The fleet.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string Fleet { get; set; } = "default";

    /// <summary>File with the fleet's keys; without it they are looked for in the usual place.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? KeyFile { get; set; }

    /// <summary>
    /// How long the hosts keep the pool when this session is gone too, in seconds, at most 30 days. Without it the pool ends with this
    /// session.
    /// </summary>
    [Parameter]
    [ValidateRange(1, Durations.LongestSec)]
    public int? KeepForSec { get; set; }

    /// <summary>Allows a store on another machine to be reached without TLS.</summary>
    [Parameter]
    public SwitchParameter AllowInsecureTransport { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        foreach (string name in Name)
        {
            ForEach(name, () => Connect(Options(name)));
        }
    }

    private SlicePoolOptions Options(string name) => new()
    {
        Name = PoolName.Check(name, "pool"),
        Store = StoreArguments.Get(Store, Fleet, AllowInsecureTransport),
        KeyFile = KeyFile is null ? null : GetUnresolvedProviderPathFromPSPath(KeyFile),
        KeepFor = TimeSpan.FromSeconds(KeepForSec ?? 0),
    };

    private void Connect(SlicePoolOptions options)
    {
        if (ShouldProcess($"pool '{options.Name}' in fleet '{options.Store!.Fleet}'", "Connect-SlicePool"))
        {
            SlicePool pool = Await(token => SlicePoolManager.ConnectAsync(options, token)).Pool;
            SessionPools.Add(pool);
            WriteObject(pool);
        }
    }
}
