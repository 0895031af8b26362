namespace Eformer.Pool.HostWorker.Agent;

/// <summary>Notices that the process that started us has ended: our standard input ends with it, even when it was killed.</summary>
internal static class OwnerWatch
{
    public static void Start(Action onEnd)
    {
        Thread thread = new(() => WaitForEnd(onEnd)) { IsBackground = true, Name = "owner watch" };
        thread.Start();
    }

    private static void WaitForEnd(Action onEnd)
    {
        using Stream input = Console.OpenStandardInput();
        byte[] buffer = new byte[64];
        while (input.Read(buffer) > 0)
        {
        }

        onEnd();
    }
}
