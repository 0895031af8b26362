using System.Management.Automation;
using Eformer.Pool.Module.Binding;
using Eformer.Pool.Module.Completion;
using Eformer.Pool.Module.Errors;
using Eformer.Pool.Store;

namespace Eformer.Pool.Module.Commands;

/// <summary>The pools of this process and, with a store, those of a fleet.</summary>
[Cmdlet(VerbsCommon.Get, "SlicePool")]
[OutputType(typeof(SlicePool))]
public sealed class GetSlicePoolCommand : SlicePoolCmdlet
{
    private readonly List<SlicePool> _pools = [];

    /// <summary>Names, with wildcards.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(PoolNameCompleter))]
    public string[] Name { get; set; } = ["*"];

    /// <summary>The store: host, port and options, or a URI (redis://host:port, rediss:// with TLS). Default: the environment variable EFORMER_STORE.</summary>
    [Parameter]
    public string? Store { get; set; }

    /// <summary>The fleet.</summary>
    [Parameter]
    public string Fleet { get; set; } = "default";

    /// <summary>Allows a store on another machine to be reached without TLS.</summary>
    [Parameter]
    public SwitchParameter AllowInsecureTransport { get; set; }

    /// <inheritdoc/>
    protected override void Begin()
    {
        _pools.AddRange(SlicePoolDirectory.Owned.Where(IsAskedFor));
        if (StoreArguments.Find(Store, Fleet, AllowInsecureTransport) is StoreOptions options)
        {
            // A store that cannot be read must not hide the pools that are at hand.
            ForEach(Fleet, () => _pools.AddRange(Await(token => SlicePoolDirectory.ListAsync(options, token)).Where(pool => !pool.IsOwned)));
        }
    }

    /// <inheritdoc/>
    protected override void Process()
    {
        foreach (string name in Name)
        {
            WildcardPattern pattern = WildcardPattern.Get(name, WildcardOptions.IgnoreCase);
            SlicePool[] found = [.. _pools.Where(pool => pattern.IsMatch(pool.Name))];
            WriteObject(found, enumerateCollection: true);
            if (found.Length == 0 && !WildcardPattern.ContainsWildcardCharacters(name))
            {
                WriteError(ErrorRecords.From(OwnedPools.NotFound(name)));
            }
        }
    }

    // Who names a fleet asks about that one, and not about what else this session happens to own.
    private bool IsAskedFor(SlicePool pool) =>
        !MyInvocation.BoundParameters.ContainsKey(nameof(Fleet)) || string.Equals(pool.Fleet, Fleet, StringComparison.Ordinal);
}
