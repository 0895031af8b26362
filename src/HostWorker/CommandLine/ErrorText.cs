namespace Eformer.Pool.HostWorker.CommandLine;

/// <summary>Says errors on standard error: what happened, what to do, and nothing else.</summary>
internal static class ErrorText
{
    /// <summary>Exit code of a verb that was refused.</summary>
    public const int Refused = 3;

    public static async Task<int> Guard(Func<Task<int>> action)
    {
        try
        {
            return await action();
        }
        catch (SlicePoolException exception)
        {
            Say(exception);
            return Refused;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync("eformer-host: " + exception.Message);
            return Refused;
        }
    }

    private static void Say(SlicePoolException exception)
    {
        Console.Error.WriteLine($"eformer-host: {exception.ErrorId}: {exception.Message}");
        if (exception.RecommendedAction is not null)
        {
            Console.Error.WriteLine("  " + exception.RecommendedAction);
        }
    }
}
