using System.Collections;
using System.Globalization;
using System.Management.Automation;
using Eformer.Pool.Module.Binding;
using Eformer.Pool.Module.Completion;
using Eformer.Pool.Module.Session;

namespace Eformer.Pool.Module.Commands;

/// <summary>Starts a worker on this machine, which goes on when the session has ended, and returns it when its hosts are registered.</summary>
/// <remarks>What is not given it finds out by itself: TPU environment variables, the metadata server, the machine.</remarks>
[Cmdlet(VerbsLifecycle.Start, "HostWorker", SupportsShouldProcess = true)]
[OutputType(typeof(WorkerInfo))]
public sealed class StartHostWorkerCommand : SlicePoolCmdlet
{
    /// <summary>The store: host, port and options, or a URI (redis://host:port, rediss:// with TLS). Default: the environment variable EFORMER_STORE.</summary>
    [Parameter]
    public string? Store { get; set; }

    /// <summary>The fleet to serve in. A machine has one worker in each.</summary>
    [Parameter]
    public string Fleet { get; set; } = "default";

    /// <summary>Allows a store on another machine to be reached without TLS.</summary>
    [Parameter]
    public SwitchParameter AllowInsecureTransport { get; set; }

    /// <summary>File with the fleet's keys; without it they are looked for in the usual place.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? KeyFile { get; set; }

    /// <summary>Folder for the worker's fence, lock and log; without it the usual place.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? StatePath { get; set; }

    /// <summary>Name of the physical slice that this host belongs to; empty for none.</summary>
    [Parameter]
    [ValidateNotNull]
    public string? Slice { get; set; }

    /// <summary>Index of this host in its slice.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int? WorkerIndex { get; set; }

    /// <summary>Type of the accelerators, as Google Cloud names it.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(TpuTypeCompleter))]
    public string? TpuType { get; set; }

    /// <summary>Number of accelerators.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int? DeviceCount { get; set; }

    /// <summary>Name of this machine in the fleet; without it its host name.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Node { get; set; }

    /// <summary>Labels of this host, as a hashtable of label = value.</summary>
    [Parameter]
    [ValidateNotNull]
    public IDictionary? Label { get; set; }

    /// <summary>Be many hosts, for tests: slices x hosts, such as 2x4.</summary>
    [Parameter]
    [ValidatePattern(@"^\d+x\d+$")]
    public string? Emulate { get; set; }

    /// <summary>The engine for scripts: pwsh where there is one (auto), pwsh, or the embedded one.</summary>
    [Parameter]
    [ValidateSet("auto", "pwsh", "embedded")]
    public string Engine { get; set; } = "auto";

    /// <summary>How long it may take until its hosts are registered, in seconds.</summary>
    [Parameter]
    [ValidateRange(1, 3600)]
    public int TimeoutSec { get; set; } = 60;

    /// <inheritdoc/>
    protected override void End()
    {
        WorkerOptions options = new()
        {
            Store = StoreArguments.Get(Store, Fleet, AllowInsecureTransport),
            KeyFile = Resolved(KeyFile),
            StateFolder = Resolved(StatePath),
            Flags = [.. Flags()],
            WorkerFolder = LocalInstallation.WorkerFolder,
            StartLimit = TimeSpan.FromSeconds(TimeoutSec),
        };
        if (ShouldProcess($"a worker of fleet '{Fleet}' on this machine", "Start-HostWorker"))
        {
            WriteObject(Await(token => MachineWorker.StartAsync(options, token)));
        }
    }

    private IEnumerable<KeyValuePair<string, string>> Flags()
    {
        (string Name, string? Value)[] flags =
        [
            ("slice", Slice), ("worker-index", WorkerIndex?.ToString(CultureInfo.InvariantCulture)), ("tpu-type", TpuType),
            ("devices", DeviceCount?.ToString(CultureInfo.InvariantCulture)), ("node", Node), ("emulate", Emulate), ("engine", Engine),
            ("pwsh", Engine == "embedded" ? null : LocalInstallation.PowerShellHome),
        ];
        return flags.Where(flag => flag.Value is not null).Select(flag => KeyValuePair.Create(flag.Name, flag.Value!))
            .Concat(SelectorTable.Read(Label).Patterns.Select(label => KeyValuePair.Create("label", $"{label.Key}={Single(label)}")));
    }

    private static string Single(KeyValuePair<string, IReadOnlyList<string>> label) => label.Value is [var value]
        ? value
        : throw new SlicePoolException(
            "InvalidLabel", PoolErrorCategory.InvalidArgument, $"The label '{label.Key}' has {label.Value.Count} values.", "Give each label one value: @{ gpu = 'h100' }.");

    private string? Resolved(string? path) => path is null ? null : FileSystemPath.Of(SessionState.Path, path);
}
