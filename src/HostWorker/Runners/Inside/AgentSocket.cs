using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Eformer.Pool.HostWorker.Runners.Inside;

/// <summary>Connects to the agent's socket.</summary>
/// <remarks>
/// On Linux by hand: .NET's sockets bring an engine for asynchronous work along that costs every runner 10 ms of CPU at
/// its start, and a runner only ever reads and writes.
/// </remarks>
internal static unsafe partial class AgentSocket
{
    private const int Unix = 1;
    private const int StreamCloseOnExec = 0x80001;
    private const int MaxPath = 107;

    /// <summary>Connects, and gives the line as a stream without a buffer.</summary>
    /// <exception cref="IOException">Nobody listens there.</exception>
    public static Stream Connect(string path)
    {
        if (OperatingSystem.IsLinux())
        {
            return new FileStream(ConnectByHand(path), FileAccess.ReadWrite, bufferSize: 0);
        }

        Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Connect(new UnixDomainSocketEndPoint(path));
        return new NetworkStream(socket, ownsSocket: true);
    }

    private static SafeFileHandle ConnectByHand(string path)
    {
        Address address = new() { Family = Unix };
        int length = Encoding.UTF8.GetByteCount(path);
        if (length > MaxPath)
        {
            throw new PathTooLongException($"A socket's path may have {MaxPath} bytes: '{path}'.");
        }

        Encoding.UTF8.GetBytes(path, new Span<byte>(address.Path, MaxPath));
        SafeFileHandle handle = new(Open(Unix, StreamCloseOnExec, 0), ownsHandle: true);
        if (handle.IsInvalid || Connect(handle, in address, sizeof(Address)) != 0)
        {
            int error = Marshal.GetLastPInvokeError();
            handle.Dispose();
            throw new IOException($"The agent's socket '{path}' cannot be reached: {Marshal.GetPInvokeErrorMessage(error)}.");
        }

        return handle;
    }

    [LibraryImport("libc", EntryPoint = "socket", SetLastError = true)]
    private static partial nint Open(int family, int type, int protocol);

    [LibraryImport("libc", EntryPoint = "connect", SetLastError = true)]
    private static partial int Connect(SafeFileHandle socket, in Address address, int length);

    private struct Address
    {
        public ushort Family;
        public fixed byte Path[MaxPath + 1];
    }
}
