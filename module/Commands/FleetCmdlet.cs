using System.Management.Automation;
using Eformer.Pool.Module.Binding;

namespace Eformer.Pool.Module.Commands;

/// <summary>What commands about a fleet share: where it is.</summary>
public abstract class FleetCmdlet : SlicePoolCmdlet
{
    // What a local pool calls its store, which nobody else can name.
    private protected const string LocalStore = "local";

    /// <summary>The store: host, port and options, or a URI (redis://host:port, rediss:// with TLS). Default: the environment variable EFORMER_STORE.</summary>
    [Parameter]
    public string? Store { get; set; }

    /// <summary>The fleet.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string Fleet { get; set; } = "default";

    /// <summary>Allows a store on another machine to be reached without TLS.</summary>
    [Parameter]
    public SwitchParameter AllowInsecureTransport { get; set; }

    /// <summary>Whether arguments or environment name a store.</summary>
    private protected bool HasStore => StoreArguments.Find(Store, "default", AllowInsecureTransport) is not null;

    /// <summary>Opens the fleet that the arguments name, does something with it and closes it.</summary>
    private protected T WithFleet<T>(string name, Func<SliceFleet, CancellationToken, Task<T>> work) => Await(async token =>
    {
        await using SliceFleet fleet = await SliceFleet.OpenAsync(StoreArguments.Get(Store, name, AllowInsecureTransport, Otherwise), token);
        return await work(fleet, token);
    });

    /// <summary>
    /// Does something with the fleet of a pool: through the pool itself where this session owns it, so that local pools have one too;
    /// else with its fleet in the store that the arguments name.
    /// </summary>
    /// <exception cref="SlicePoolException"><c>PoolNotOwned</c>, <c>PoolNotFound</c>, <c>PoolIsCopy</c> when no store is named, or its store cannot be.</exception>
    private protected T WithFleetOf<T>(SlicePool pool, Func<SliceFleet, CancellationToken, Task<T>> work) =>
        pool.IsOwned || !HasStore || pool.Store == LocalStore
            ? Await(token => work(pool.GetManager().GetFleet(), token))
            : WithFleet(IsGiven(nameof(Fleet)) || pool.Fleet.Length == 0 ? Fleet : pool.Fleet, work);

    private string Otherwise => MyInvocation.MyCommand.Parameters.ContainsKey("Pool") ? "A pool of this session knows its own: give it with -Pool." : "";

    private bool IsGiven(string parameter) => MyInvocation.BoundParameters.ContainsKey(parameter);
}
