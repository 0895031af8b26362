using System.Management.Automation;
using Eformer.Pool.Module.Binding;
using Eformer.Pool.Module.Runs;
using Eformer.Pool.Store;

namespace Eformer.Pool.Module.Commands;

/// <summary>What commands about stored runs share: where the runs are.</summary>
/// <remarks>
/// Runs of the fleets that this session's pools are in are found without further arguments, those of local pools too, and so are those
/// of the store that the environment variable EFORMER_STORE names. With <c>-Store</c> only that one is looked at.
/// </remarks>
public abstract class RunDirectoryCmdlet : SlicePoolCmdlet
{
    private readonly RunDirectories _directories = new();

    /// <summary>The store: host, port and options, or a URI (redis://host:port, rediss:// with TLS). Default: the environment variable EFORMER_STORE.</summary>
    [Parameter]
    public string? Store { get; set; }

    /// <summary>The fleet.</summary>
    [Parameter]
    public string Fleet { get; set; } = "default";

    /// <summary>File with the fleet's keys; without it they are looked for in the usual place.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? KeyFile { get; set; }

    /// <summary>Allows a store on another machine to be reached without TLS.</summary>
    [Parameter]
    public SwitchParameter AllowInsecureTransport { get; set; }

    /// <summary>Every place to look at: the fleet of the store that is named, or else this session's fleets and the environment's.</summary>
    private protected IReadOnlyList<RunDirectory> Directories()
    {
        StoreOptions? store = StoreArguments.Find(Store, Fleet, AllowInsecureTransport);
        if (store is not null && IsStoreNamed)
        {
            return [At(store)];
        }

        bool isFleetNamed = MyInvocation.BoundParameters.ContainsKey(nameof(Fleet));
        RunDirectory[] owned = [.. _directories.Owned.Where(directory => !isFleetNamed || directory.Fleet == Fleet)];
        return store is null || Array.Exists(owned, directory => directory.Fleet == store.Fleet)
            ? owned
            : [.. owned, Open(store)];
    }

    /// <summary>The place where a run is.</summary>
    /// <exception cref="SlicePoolException"><c>RunNotFound</c>, <c>StoreNotGiven</c>, and the errors of keys and the store.</exception>
    private protected (RunDirectory Directory, RunInfo Run) Find(RunReference run)
    {
        if (run.Fleet is { } fleet)
        {
            RunDirectory? owned = IsStoreNamed ? null : _directories.Owned.FirstOrDefault(owned => owned.Fleet == fleet);
            RunDirectory directory = owned ?? At(StoreArguments.Get(Store, fleet, AllowInsecureTransport));
            return (directory, Await(token => directory.GetAsync(run.RunId, token)) ?? throw NotFound(run.RunId));
        }

        IReadOnlyList<RunDirectory> directories = Directories();
        if (directories.Count == 0)
        {
            _ = StoreArguments.Get(Store, Fleet, AllowInsecureTransport);
        }

        foreach (RunDirectory directory in directories)
        {
            if (Await(token => directory.GetAsync(run.RunId, token)) is { } found)
            {
                return (directory, found);
            }
        }

        throw NotFound(run.RunId);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _directories.DisposeAsync().AsTask().GetAwaiter().GetResult();
        base.Dispose(disposing);
    }

    private protected static SlicePoolException NotFound(string runId) => new(
        "RunNotFound",
        PoolErrorCategory.ObjectNotFound,
        $"There is no run '{Topology.PoolName.Printable(runId)}'.",
        "Get-SlicePoolRun lists the runs there are; results are kept for a limited time, and those of a local pool go with it.",
        runId);

    private bool IsStoreNamed => !string.IsNullOrWhiteSpace(Store);

    // Fleets of two stores may have the same name. A pool's own connection to the store that is meant will do, and it has the keys.
    private RunDirectory At(StoreOptions store) =>
        _directories.Owned.FirstOrDefault(owned => owned.IsAt(store)) ?? Open(store);

    private RunDirectory Open(StoreOptions store) => Await(token =>
        _directories.OpenAsync(store, KeyFile is null ? null : GetUnresolvedProviderPathFromPSPath(KeyFile), token));
}
