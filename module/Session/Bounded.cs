namespace Eformer.Pool.Module.Session;

/// <summary>Waits that end.</summary>
internal static class Bounded
{
    /// <summary>Waits for a task, but no longer than a limit; a failure of the task is thrown.</summary>
    /// <returns>Whether it ended in time.</returns>
    public static async Task<bool> WaitAsync(Task task, TimeSpan limit)
    {
        if (task.IsCompleted)
        {
            await task;
            return true;
        }

        using CancellationTokenSource ended = new();
        Task first = await Task.WhenAny(task, Task.Delay(limit, TimeProvider.System, ended.Token));
        await ended.CancelAsync();
        if (first != task)
        {
            return false;
        }

        await task;
        return true;
    }
}
