using System.Management.Automation;
using Eformer.Pool.Module.Binding;
using Eformer.Pool.Store;

namespace Eformer.Pool.Module.Commands;

/// <summary>Tells whether a store is fit for use: each requirement with Pass, Warn or Fail. Changes nothing in it.</summary>
[Cmdlet(VerbsDiagnostic.Test, "SlicePoolStore")]
[OutputType(typeof(StoreRequirement), typeof(bool))]
public sealed class TestSlicePoolStoreCommand : SlicePoolCmdlet
{
    /// <summary>The store: host, port and options, or a URI (redis://host:port, rediss:// with TLS). Default: the environment variable EFORMER_STORE.</summary>
    [Parameter(Position = 0)]
    public string? Store { get; set; }

    /// <summary>The fleet that it is to be for: a user with few rights may have them for one fleet only.</summary>
    [Parameter]
    public string Fleet { get; set; } = "default";

    /// <summary>Allows a store on another machine to be reached without TLS.</summary>
    [Parameter]
    public SwitchParameter AllowInsecureTransport { get; set; }

    /// <summary>Gives one truth value: whether nothing failed. Warnings do not count.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <inheritdoc/>
    protected override void End()
    {
        StoreOptions options = StoreArguments.Get(Store, Fleet, AllowInsecureTransport);
        IReadOnlyList<StoreRequirement> found = Await(token => StoreLoader.InspectAsync(options, token));
        if (Quiet)
        {
            WriteObject(found.All(requirement => requirement.Result != RequirementResult.Fail));
        }
        else
        {
            WriteObject(found, enumerateCollection: true);
        }
    }
}
