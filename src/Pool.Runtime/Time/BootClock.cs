using System.Runtime.InteropServices;

namespace Eformer.Pool.Time;

/// <summary>A clock whose timestamps count suspended time too, as lease deadlines must.</summary>
/// <remarks>
/// On Linux <see cref="TimeProvider.System"/> stops while a machine is suspended (dotnet/runtime#77945); a lease does not.
/// Timestamps are CLOCK_BOOTTIME nanoseconds there, and those of the system's provider elsewhere. Thread-safe.
/// </remarks>
public sealed partial class BootClock : TimeProvider
{
    private const int ClockBootTime = 7;
    private static readonly bool s_available = OperatingSystem.IsLinux() && TryRead(out _);

    private BootClock() { }

    /// <summary>The one instance.</summary>
    public static BootClock Instance { get; } = new();

    /// <inheritdoc/>
    public override long TimestampFrequency => s_available ? 1_000_000_000 : base.TimestampFrequency;

    /// <inheritdoc/>
    public override long GetTimestamp() => s_available && TryRead(out long nanoseconds) ? nanoseconds : base.GetTimestamp();

    private static bool TryRead(out long nanoseconds)
    {
        bool read = ClockGetTime(ClockBootTime, out TimeSpec time) == 0;
        nanoseconds = (time.Seconds * 1_000_000_000) + time.Nanoseconds;
        return read;
    }

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int ClockGetTime(int clock, out TimeSpec time);

    [StructLayout(LayoutKind.Sequential)]
    private struct TimeSpec
    {
        public long Seconds;
        public long Nanoseconds;
    }
}
