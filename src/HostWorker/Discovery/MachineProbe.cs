using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Eformer.Pool.HostWorker.Agent;

namespace Eformer.Pool.HostWorker.Discovery;

/// <summary>Looks at the machine: its devices, its firmware's name for it, its addresses.</summary>
internal static partial class MachineProbe
{
    // The PCI vendor of TPUs; torch_xla counts by it too (_internal/tpu.py).
    private const string Google = "0x1ae0";

    /// <summary>Reads the facts. What is not there is none, not an error.</summary>
    /// <param name="root">The root of <c>dev</c> and <c>sys</c>; another one in tests.</param>
    public static MachineFacts Read(string root = "/") => new()
    {
        Name = MachineIdentity.DefaultNode(),
        Address = FindAddress(),
        TpuDevices = CountTpus(root),
        NvidiaDevices = Count(Path.Combine(root, "dev"), NvidiaDevice()),
        ProductName = ReadText(Path.Combine(root, "sys/class/dmi/id/product_name")),
    };

    // v2 to v4 show /dev/accel0 and so on, later ones /dev/vfio/0 and so on. The folder /dev/accel is another subsystem's, and
    // vfio is also how other devices are passed on: it counts only where a device of Google's is on the bus.
    private static int CountTpus(string root)
    {
        int accelerators = Count(Path.Combine(root, "dev"), AccelDevice());
        return accelerators > 0 ? accelerators
            : HasGoogleDevice(Path.Combine(root, "sys/bus/pci/devices")) ? Count(Path.Combine(root, "dev/vfio"), VfioGroup())
            : 0;
    }

    private static bool HasGoogleDevice(string folder) =>
        Directory.Exists(folder)
        && Directory.EnumerateFileSystemEntries(folder).Any(device => ReadText(Path.Combine(device, "vendor")) == Google);

    private static int Count(string folder, Regex name) =>
        Directory.Exists(folder) ? Directory.EnumerateFileSystemEntries(folder).Count(entry => name.IsMatch(Path.GetFileName(entry))) : 0;

    private static string ReadText(string file)
    {
        try
        {
            return File.Exists(file) ? File.ReadAllText(file).Trim() : "";
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // A container may show the name of the file and not its content.
            return "";
        }
    }

    // The interface that leads out of the machine first: bridges of containers have addresses too, which nobody else can reach.
    private static string? FindAddress() => NetworkInterface.GetAllNetworkInterfaces()
        .Where(card => card.OperationalStatus == OperationalStatus.Up && card.NetworkInterfaceType != NetworkInterfaceType.Loopback)
        .Select(card => card.GetIPProperties())
        .OrderByDescending(card => card.GatewayAddresses.Count > 0)
        .SelectMany(card => card.UnicastAddresses.Select(unicast => unicast.Address))
        .Where(address => !IPAddress.IsLoopback(address) && !address.IsIPv6LinkLocal)
        .OrderBy(address => address.AddressFamily == AddressFamily.InterNetwork ? 0 : 1)
        .FirstOrDefault()?.ToString();

    [GeneratedRegex(@"\Aaccel[0-9]+\z")]
    private static partial Regex AccelDevice();

    [GeneratedRegex(@"\A[0-9]+\z")]
    private static partial Regex VfioGroup();

    [GeneratedRegex(@"\Anvidia[0-9]+\z")]
    private static partial Regex NvidiaDevice();
}
