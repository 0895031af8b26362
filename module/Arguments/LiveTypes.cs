using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Runtime.InteropServices;

namespace Eformer.Pool.Module.Arguments;

/// <summary>Knows the types whose objects stand for something in this process or machine: a copy of their properties would be of no use.</summary>
internal static class LiveTypes
{
    // By name, so that looking for them loads no assembly that nobody uses.
    private static readonly FrozenSet<string> s_names = FrozenSet.ToFrozenSet(
    [
        "System.IO.Stream", "System.IO.TextReader", "System.IO.TextWriter", "System.IO.BinaryReader", "System.IO.BinaryWriter",
        "System.IO.FileSystemWatcher", "System.IO.MemoryMappedFiles.MemoryMappedFile",
        "System.Runtime.InteropServices.SafeHandle", "System.Runtime.InteropServices.CriticalHandle", "System.IntPtr", "System.UIntPtr",
        "System.Diagnostics.Process", "System.Threading.Thread", "System.Threading.Tasks.Task", "System.Threading.WaitHandle",
        "System.Threading.Timer", "System.Timers.Timer", "System.Threading.CancellationTokenSource",
        "System.Net.Sockets.Socket", "System.Net.Sockets.TcpClient", "System.Net.Sockets.UdpClient", "System.Net.Sockets.TcpListener",
        "System.Net.Http.HttpMessageInvoker", "System.Net.HttpListener", "System.Net.WebSockets.WebSocket",
        "System.Data.Common.DbConnection", "System.Data.Common.DbCommand", "System.Data.Common.DbDataReader", "System.Data.Common.DbTransaction",
        "System.Management.Automation.Runspaces.Runspace", "System.Management.Automation.Runspaces.RunspacePool",
        "System.Management.Automation.Runspaces.PSSession", "System.Management.Automation.PowerShell", "System.Management.Automation.Job",
        "Microsoft.Management.Infrastructure.CimSession", "System.Delegate", "Eformer.Pool.SlicePool",
    ]);

    // Those whose names in a document say that some object's property holds one. Pointers and delegates are not among them: descriptions
    // of types and methods have such properties, and are no handles.
    private static readonly string[] s_told =
    [
        "System.IO.Stream", "System.IO.TextReader", "System.IO.TextWriter", "System.Diagnostics.Process", "System.Threading.Thread",
        "System.Net.Sockets.Socket", "System.Net.Sockets.TcpClient", "System.Data.Common.DbConnection",
        "System.Management.Automation.Runspaces.Runspace", "System.Management.Automation.Runspaces.PSSession", "System.Management.Automation.Job",
    ];

    private static readonly ConcurrentDictionary<Type, bool> s_known = new();

    /// <summary>Whether a value is such an object.</summary>
    public static bool IsLive(object value) => s_known.GetOrAdd(value.GetType(), IsLive) || Marshal.IsComObject(value);

    /// <summary>The first type of such objects that a document names as the type of one of its objects; null for none.</summary>
    public static string? FindIn(string xml) => Array.Find(s_told, name => xml.Contains($"<T>{name}</T>", StringComparison.Ordinal));

    private static bool IsLive(Type type)
    {
        for (Type? current = type; current is not null; current = current.BaseType)
        {
            if (s_names.Contains(current.FullName ?? ""))
            {
                return true;
            }
        }

        return false;
    }
}
