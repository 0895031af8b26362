using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Eformer.Pool.HostWorker.Agent;

/// <summary>Who this machine is.</summary>
internal static partial class MachineIdentity
{
    /// <summary>Identity of a fleet's agent on this machine; the same after a restart, and not the machine-id itself.</summary>
    /// <remarks>machine-id(5) asks not to expose the id; a hash keyed with the fleet is what it recommends.</remarks>
    public static string AgentId(string fleet, string stateFolder)
    {
        // Two agents of one machine with state folders of their own (tests, local pools) are two machines to a fleet.
        byte[] key = Encoding.UTF8.GetBytes($"{fleet}\n{Path.GetFullPath(stateFolder)}");
        return Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(MachineId())))[..16];
    }

    /// <summary>Identity of this machine in a fleet; the same for every agent on it, and for every copy of its disk.</summary>
    public static string MachineOf(string fleet) => Convert.ToHexStringLower(
        HMACSHA256.HashData(Encoding.UTF8.GetBytes(fleet), Encoding.UTF8.GetBytes(MachineId())))[..16];

    /// <summary>Identity of this boot of the machine, see random(4); empty where there is none.</summary>
    public static string BootId()
    {
        const string file = "/proc/sys/kernel/random/boot_id";
        return File.Exists(file) ? File.ReadAllText(file).Trim() : "";
    }

    /// <summary>The machine's name, made to fit the grammar of names.</summary>
    public static string DefaultNode()
    {
        string name = Unfit().Replace(Environment.MachineName.ToLowerInvariant(), "-").TrimStart('.', '_', '-');
        return name.Length == 0 ? "host" : name[..Math.Min(name.Length, 40)];
    }

    private static string MachineId()
    {
        const string file = "/etc/machine-id";
        string id = File.Exists(file) ? File.ReadAllText(file).Trim() : "";
        return id.Length > 0 ? id : Environment.MachineName;
    }

    [GeneratedRegex("[^a-z0-9._-]")]
    private static partial Regex Unfit();
}
