namespace Eformer.Pool.HostWorker.Runners;

/// <summary>Tells from an exit code which signal ended a process.</summary>
internal static class SignalNames
{
    private const int SignalBase = 128;

    /// <summary>The signal's name, or null when the code speaks of none.</summary>
    /// <remarks>A process that exits by itself with 128 plus a signal's number can't be told apart.</remarks>
    public static string? FromExitCode(int exitCode) => (exitCode - SignalBase) switch
    {
        1 => "SIGHUP",
        2 => "SIGINT",
        3 => "SIGQUIT",
        4 => "SIGILL",
        5 => "SIGTRAP",
        6 => "SIGABRT",
        7 => "SIGBUS",
        8 => "SIGFPE",
        9 => "SIGKILL",
        11 => "SIGSEGV",
        13 => "SIGPIPE",
        15 => "SIGTERM",
        24 => "SIGXCPU",
        25 => "SIGXFSZ",
        31 => "SIGSYS",
        _ => null,
    };
}
