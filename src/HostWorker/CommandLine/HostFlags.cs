using System.Collections;
using System.CommandLine;
using System.Globalization;
using Eformer.Pool.HostWorker.Agent;
using Eformer.Pool.HostWorker.Discovery;
using Eformer.Pool.Topology;

namespace Eformer.Pool.HostWorker.CommandLine;

/// <summary>The options of <c>agent</c> that say what this host is, and the discovery of what they leave open.</summary>
internal static class HostFlags
{
    private static readonly Option<string?> s_slice = new("--slice") { Description = "Name of the physical slice this host belongs to; empty for none. By default TPU_NAME, or what the metadata says." };
    private static readonly Option<int?> s_workerIndex = new("--worker-index") { Description = "Index of this host in its slice. By default TPU_WORKER_ID, or what the metadata says." };
    private static readonly Option<string?> s_tpuType = new("--tpu-type") { Description = "Type of the accelerators. By default TPU_ACCELERATOR_TYPE, or what the metadata says." };
    private static readonly Option<int?> s_devices = new("--devices") { Description = "Number of accelerators. By default those this machine has." };
    private static readonly Option<string?> s_node = new("--node") { Description = "Name of this machine; by default its host name." };
    private static readonly Option<string?> s_address = new("--address") { Description = "Address other hosts reach this one at. By default that of this worker in TPU_WORKER_HOSTNAMES, or of this machine." };
    private static readonly Option<string[]> s_labels = new("--label") { Description = "A label k=v; may be repeated.", DefaultValueFactory = _ => [] };
    private static readonly Option<string?> s_emulate = new("--emulate") { Description = "Be many hosts: <slices>x<hosts>, each with a runner process of its own. Nothing is discovered then." };

    public static void AddTo(Command command)
    {
        foreach (Option option in new Option[] { s_slice, s_workerIndex, s_tpuType, s_devices, s_node, s_address, s_labels, s_emulate })
        {
            command.Options.Add(option);
        }
    }

    /// <summary>Reads the options and discovers the rest, unless hosts are emulated.</summary>
    /// <returns>The hosts, and the metadata server there is, or null.</returns>
    public static async Task<(HostPlan Hosts, string? MetadataHost)> ReadAsync(ParseResult result, CancellationToken cancellationToken)
    {
        DiscoveryFlags flags = ReadFlags(result);
        return result.GetValue(s_emulate) is { } emulation
            ? (Emulated(flags, ReadEmulation(emulation)), null)
            : await DiscoverAsync(flags, ReadEnvironment(), MachineProbe.Read(), cancellationToken);
    }

    internal static async Task<(HostPlan Hosts, string? MetadataHost)> DiscoverAsync(
        DiscoveryFlags flags, IReadOnlyDictionary<string, string> environment, MachineFacts machine, CancellationToken cancellationToken)
    {
        string? metadataHost = GceMetadata.HostOf(environment, machine.ProductName);
        MetadataAnswers answers = metadataHost is null ? MetadataAnswers.None : await AskAsync(metadataHost, cancellationToken);
        DiscoveredHost host = HostDiscovery.Discover(flags, environment, answers, machine);
        if (host.Warning is not null)
        {
            await Console.Error.WriteLineAsync("eformer-host: " + host.Warning);
        }

        return (Plan(host), metadataHost);
    }

    private static async Task<MetadataAnswers> AskAsync(string metadataHost, CancellationToken cancellationToken)
    {
        using GceMetadata metadata = new(metadataHost);
        return await MetadataAnswers.ReadAsync(metadata, cancellationToken);
    }

    private static HostPlan Plan(DiscoveredHost host) => new()
    {
        Slice = host.Slice,
        WorkerIndex = host.WorkerIndex,
        DeviceType = host.DeviceType,
        Devices = host.Devices,
        Node = host.Node,
        Address = host.Address,
        Labels = host.Labels,
    };

    private static HostPlan Emulated(DiscoveryFlags flags, (int Slices, int Hosts) emulation) => new()
    {
        EmulatedSlices = emulation.Slices,
        HostsPerSlice = emulation.Hosts,
        Slice = flags.Slice is { Length: > 0 } slice ? PoolName.Check(slice, "slice") : "",
        DeviceType = TpuTypeName.Canonical(flags.TpuType ?? ""),
        Devices = flags.Devices ?? 0,
        Node = flags.Node ?? MachineIdentity.DefaultNode(),
        Address = flags.Address ?? "127.0.0.1",
        Labels = flags.Labels,
    };

    private static DiscoveryFlags ReadFlags(ParseResult result) => new()
    {
        Slice = result.GetValue(s_slice),
        WorkerIndex = NotNegative(result.GetValue(s_workerIndex), "--worker-index"),
        TpuType = result.GetValue(s_tpuType),
        Devices = NotNegative(result.GetValue(s_devices), "--devices"),
        Node = result.GetValue(s_node),
        Address = result.GetValue(s_address),
        Labels = ReadLabels(result.GetRequiredValue(s_labels)),
    };

    private static Dictionary<string, string> ReadEnvironment() => Environment.GetEnvironmentVariables()
        .Cast<DictionaryEntry>()
        .ToDictionary(entry => (string)entry.Key, entry => (string?)entry.Value ?? "", StringComparer.Ordinal);

    private static int? NotNegative(int? value, string option) =>
        value is null or >= 0 ? value : throw AgentVerb.Invalid($"{option} cannot be {value}.", "Give a number from 0.");

    private static (int Slices, int Hosts) ReadEmulation(string text)
    {
        string[] parts = text.Split('x');
        return parts.Length == 2
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out int slices) && slices is >= 1 and <= 10_000
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int hosts) && hosts is >= 1 and <= 10_000
            ? (slices, hosts)
            : throw AgentVerb.Invalid($"'{PoolName.Printable(text)}' is not a number of hosts to emulate.", "Give <slices>x<hosts>, for example --emulate 2x4.");
    }

    private static Dictionary<string, string> ReadLabels(string[] texts)
    {
        Dictionary<string, string> labels = new(StringComparer.Ordinal);
        foreach (string text in texts)
        {
            int equals = text.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0 || !labels.TryAdd(text[..equals], text[(equals + 1)..]))
            {
                throw AgentVerb.Invalid($"'{PoolName.Printable(text)}' is not a label, or its name was given twice.", "Give --label name=value.");
            }
        }

        return labels;
    }
}
