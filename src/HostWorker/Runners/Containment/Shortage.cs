namespace Eformer.Pool.HostWorker.Runners.Containment;

/// <summary>Tells a file that is not there from one that cannot be opened because this process, or the machine, lacks the means.</summary>
internal static class Shortage
{
    // Of the kernel, which .NET passes on: ENOMEM, ENFILE, EMFILE.
    private static readonly int[] s_errors = [12, 23, 24];

    /// <summary>Whether nothing was learnt about the file.</summary>
    public static bool Is(Exception exception) => exception is IOException && s_errors.Contains(exception.HResult);
}
