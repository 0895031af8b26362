using System.Globalization;
using System.Runtime.InteropServices;

namespace Eformer.Pool.Bench.Reports;

/// <summary>What the figures were measured on.</summary>
internal sealed class MachineFacts
{
    private readonly List<string> _stores = [];
    private readonly List<string> _absent = [];

    /// <summary>Processors that can be used.</summary>
    public int Cores { get; } = Environment.ProcessorCount;

    /// <summary>The operating system's kernel.</summary>
    public string Kernel { get; } = Environment.OSVersion.VersionString;

    /// <summary>The .NET runtime.</summary>
    public string Runtime { get; } = RuntimeInformation.FrameworkDescription;

    /// <summary>The engine of the driver.</summary>
    public string Engine { get; } = Driving.HostEngine.Embedded.Description;

    /// <summary>The engine of the hosts.</summary>
    public string HostEngine { get; } = Driving.HostEngine.Info.Description;

    /// <summary>The stores; the pool's own is of the first kind.</summary>
    public IReadOnlyList<string> Stores => _stores;

    /// <summary>How many wanted a processor when the measuring began, on average over a minute: above 0 others are at work. Null where it is not known.</summary>
    public double? Load { get; } = OperatingSystem.IsLinux()
        ? double.Parse(File.ReadAllText("/proc/loadavg").Split(' ')[0], CultureInfo.InvariantCulture)
        : null;

    /// <summary>What is not measured, and why.</summary>
    public IReadOnlyList<string> Absent => _absent;

    /// <summary>Adds a peer that is not measured.</summary>
    public void AddAbsent(string peer) => _absent.Add(peer);

    /// <summary>Whether something that could be measured failed.</summary>
    public bool HasFailures { get; private set; }

    /// <summary>Adds a work that failed.</summary>
    public void AddFailed(string work, string why)
    {
        HasFailures = true;
        _absent.Add($"{work} (failed: {why})");
    }

    /// <summary>Adds a store.</summary>
    public void AddStore(string product) => _stores.Add(product);
}
