namespace Eformer.Pool.HostWorker.Ownership;

/// <summary>Tells when the owner is gone: the other end of standard input closes with it, however it ended.</summary>
internal static class StdinOwner
{
    /// <summary>Completes when standard input ends.</summary>
    public static Task WaitAsync()
    {
        TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
        // A thread of its own: a read of standard input blocks, and would hold a pool thread for the life of the process.
        Thread reader = new(() => ReadToEnd(ended)) { IsBackground = true, Name = "owner" };
        reader.Start();
        return ended.Task;
    }

    private static void ReadToEnd(TaskCompletionSource ended)
    {
        try
        {
            using Stream input = Console.OpenStandardInput();
            Span<byte> ignored = stackalloc byte[256];
            while (input.Read(ignored) > 0)
            {
            }
        }
        catch (IOException exception)
        {
            Console.Error.WriteLine($"Standard input cannot be read: {exception.Message}");
        }

        ended.SetResult();
    }
}
