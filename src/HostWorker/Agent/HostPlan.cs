using System.Globalization;
using Eformer.Pool.Topology;

namespace Eformer.Pool.HostWorker.Agent;

/// <summary>Which hosts an agent registers: this machine, or a number of emulated ones. Pure.</summary>
internal sealed record HostPlan
{
    // A runner takes 70 MB and a tenth of a second of processor time to start.
    private const int MostAhead = 64;

    /// <summary>Slices to emulate; 0 for none.</summary>
    public int EmulatedSlices { get; init; }

    /// <summary>Hosts in each emulated slice.</summary>
    public int HostsPerSlice { get; init; }

    /// <summary>Name of the physical slice; prefix of the names of emulated ones.</summary>
    public string Slice { get; init; } = "";

    public int WorkerIndex { get; init; } = -1;

    public string DeviceType { get; init; } = "";

    public int Devices { get; init; }

    /// <summary>Identity of the machine.</summary>
    public required string Node { get; init; }

    public string Address { get; init; } = "127.0.0.1";

    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether runners are started before they are needed: not those of so many hosts that the machine could not take it.</summary>
    public bool StartsRunnersAhead => (long)EmulatedSlices * HostsPerSlice <= MostAhead;

    /// <summary>The hosts, each fit to be registered.</summary>
    /// <exception cref="SlicePoolException"><c>InvalidName</c>.</exception>
    public IReadOnlyList<HostRegistration> Registrations(string engine) =>
        EmulatedSlices == 0
            ? [Register(PoolName.Check(Node, "node"), Node, Slice, WorkerIndex, engine)]
            : [.. Enumerable.Range(0, EmulatedSlices).SelectMany(slice => Enumerable.Range(0, HostsPerSlice).Select(host => Emulate(slice, host, engine)))];

    private HostRegistration Emulate(int slice, int host, string engine)
    {
        string sliceName = string.Create(CultureInfo.InvariantCulture, $"{(Slice.Length == 0 ? "slice" : Slice)}-{slice}");
        string key = PoolName.Check(string.Create(CultureInfo.InvariantCulture, $"{sliceName}.{host}"), "host");
        string node = PoolName.Check(string.Create(CultureInfo.InvariantCulture, $"{Node}-{slice}-{host}"), "node");
        return Register(key, node, sliceName, host, engine) with { Emulated = true };
    }

    private HostRegistration Register(string key, string node, string slice, int index, string engine) => new()
    {
        Host = key,
        Node = node,
        Slice = slice,
        WorkerIndex = index,
        Address = Address,
        Devices = Devices,
        DeviceType = DeviceType,
        Engine = engine,
        Labels = Labels,
    };
}
