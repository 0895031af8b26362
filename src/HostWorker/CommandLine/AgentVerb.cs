using System.CommandLine;
using System.Globalization;
using Eformer.Pool.Files;
using Eformer.Pool.HostWorker.Agent;
using Eformer.Pool.Store;
using Eformer.Pool.Topology;

namespace Eformer.Pool.HostWorker.CommandLine;

/// <summary><c>agent</c>: keeps leases on this host.</summary>
internal static class AgentVerb
{
    private static readonly Option<string?> s_store = new("--store") { Description = "The store as host:port[,ssl=true][,user=…]; by default EFORMER_STORE." };
    private static readonly Option<string?> s_passwordFile = new("--store-password-file") { Description = "File that holds the store's password." };
    private static readonly Option<string?> s_storeFile = new("--store-file") { Description = "The store.json of an embedded store; waited for." };
    private static readonly Option<bool> s_insecure = new("--allow-insecure-transport") { Description = "Reach a store on another machine without TLS." };
    private static readonly Option<string> s_fleet = new("--fleet") { Description = "The fleet.", DefaultValueFactory = _ => "default" };
    private static readonly Option<string?> s_keys = new("--keys") { Description = "The fleet's key file; by default where 'keys new' writes it." };
    private static readonly Option<string?> s_state = new("--state") { Description = "Folder for this agent's state." };
    private static readonly Option<string> s_slice = new("--slice") { Description = "Name of the physical slice this host belongs to.", DefaultValueFactory = _ => "" };
    private static readonly Option<int> s_workerIndex = new("--worker-index") { Description = "Index of this host in its slice.", DefaultValueFactory = _ => -1 };
    private static readonly Option<string> s_tpuType = new("--tpu-type") { Description = "Type of the accelerators.", DefaultValueFactory = _ => "" };
    private static readonly Option<int> s_devices = new("--devices") { Description = "Number of accelerators." };
    private static readonly Option<string?> s_node = new("--node") { Description = "Name of this machine; by default its host name." };
    private static readonly Option<string> s_address = new("--address") { Description = "Address other hosts reach this one at.", DefaultValueFactory = _ => "127.0.0.1" };
    private static readonly Option<string[]> s_labels = new("--label") { Description = "A label k=v; may be repeated.", DefaultValueFactory = _ => [] };
    private static readonly Option<string?> s_emulate = new("--emulate") { Description = "Be many hosts: <slices>x<hosts>, each with a runner process of its own." };
    private static readonly Option<string> s_engine = new("--engine") { Description = "auto, pwsh or embedded.", DefaultValueFactory = _ => "auto" };
    private static readonly Option<string?> s_pwsh = new("--pwsh") { Description = "Folder of the PowerShell to borrow the engine from." };
    private static readonly Option<bool> s_owned = new("--owned") { Description = "End when standard input ends." };
    private static readonly Option<bool> s_ephemeral = new("--ephemeral") { Description = "Remove the state folder at the end." };

    public static Command Build()
    {
        Command command = new("agent", "Register this host, accept leases on it and run what their owners send. Ends on SIGTERM, after clearing the host.")
        {
            s_store, s_passwordFile, s_storeFile, s_insecure, s_fleet, s_keys, s_state, s_slice, s_workerIndex, s_tpuType, s_devices, s_node,
            s_address, s_labels, s_emulate, s_engine, s_pwsh, s_owned, s_ephemeral,
        };
        s_engine.AcceptOnlyFromAmong("auto", "pwsh", "embedded");
        command.SetAction((result, cancellationToken) => ErrorText.Guard(() => AgentCommand.RunAsync(Read(result), cancellationToken)));
        return command;
    }

    private static AgentOptions Read(ParseResult result)
    {
        string fleet = PoolName.Check(result.GetRequiredValue(s_fleet), "fleet");
        return new AgentOptions
        {
            Store = result.GetValue(s_storeFile) is null ? ReadStore(result, fleet) : null,
            StoreFile = result.GetValue(s_storeFile),
            Fleet = fleet,
            KeyFile = result.GetValue(s_keys),
            StateFolder = Path.GetFullPath(result.GetValue(s_state) ?? Path.Combine(PrivateFolder.StateRoot(), "agents", fleet)),
            Hosts = ReadHosts(result),
            Engine = result.GetRequiredValue(s_engine),
            PowerShellHome = result.GetValue(s_pwsh),
            Owned = result.GetValue(s_owned),
            Ephemeral = result.GetValue(s_ephemeral),
        };
    }

    private static StoreOptions ReadStore(ParseResult result, string fleet)
    {
        string? connection = result.GetValue(s_store) ?? Environment.GetEnvironmentVariable("EFORMER_STORE");
        if (string.IsNullOrEmpty(connection))
        {
            throw Invalid("No store was given.", "Give one with --store host:port, or set EFORMER_STORE.");
        }

        return new StoreOptions
        {
            Connection = connection,
            Password = result.GetValue(s_passwordFile) is { } file ? File.ReadAllText(file).Trim() : null,
            Fleet = fleet,
            AllowInsecureTransport = result.GetValue(s_insecure),
            ClientName = "eformer-agent",
        };
    }

    private static HostPlan ReadHosts(ParseResult result)
    {
        (int slices, int hosts) = ReadEmulation(result.GetValue(s_emulate));
        string slice = result.GetRequiredValue(s_slice);
        return new HostPlan
        {
            EmulatedSlices = slices,
            HostsPerSlice = hosts,
            Slice = slice.Length == 0 ? "" : PoolName.Check(slice, "slice"),
            WorkerIndex = result.GetValue(s_workerIndex),
            DeviceType = result.GetRequiredValue(s_tpuType),
            Devices = result.GetValue(s_devices),
            Node = result.GetValue(s_node) ?? MachineIdentity.DefaultNode(),
            Address = result.GetRequiredValue(s_address),
            Labels = result.GetRequiredValue(s_labels).Select(ReadLabel).ToDictionary(label => label.Key, label => label.Value, StringComparer.Ordinal),
        };
    }

    private static (int Slices, int Hosts) ReadEmulation(string? text)
    {
        if (text is null)
        {
            return (0, 0);
        }

        string[] parts = text.Split('x');
        return parts.Length == 2
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out int slices) && slices is >= 1 and <= 10_000
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int hosts) && hosts is >= 1 and <= 10_000
            ? (slices, hosts)
            : throw Invalid($"'{PoolName.Printable(text)}' is not a number of hosts to emulate.", "Give <slices>x<hosts>, for example --emulate 2x4.");
    }

    private static KeyValuePair<string, string> ReadLabel(string text)
    {
        int equals = text.IndexOf('=', StringComparison.Ordinal);
        return equals > 0
            ? KeyValuePair.Create(text[..equals], text[(equals + 1)..])
            : throw Invalid($"'{PoolName.Printable(text)}' is not a label.", "Give --label name=value.");
    }

    private static SlicePoolException Invalid(string what, string advice) =>
        new("InvalidArgument", PoolErrorCategory.InvalidArgument, what, advice);
}
