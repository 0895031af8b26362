using System.Collections.Concurrent;
using System.Management.Automation.Runspaces;

namespace Eformer.Pool.Module.Session;

/// <summary>Which session made which pool, so that a session that lets go of the module lets go of its own pools only.</summary>
internal static class SessionPools
{
    private static readonly TimeSpan s_closeLimit = TimeSpan.FromSeconds(20);

    // Not a weak table: what is reached through one alone makes collections slow. See RecordDecoder.
    private static readonly ConcurrentDictionary<SlicePool, Guid> s_sessions = [];

    /// <summary>Remembers that the current session made a pool.</summary>
    public static void Add(SlicePool pool)
    {
        s_sessions[pool] = CurrentSession();
        foreach (SlicePool ended in s_sessions.Keys.Except(SlicePoolDirectory.Owned))
        {
            s_sessions.TryRemove(ended, out _);
        }
    }

    /// <summary>Ends the pools that the current session made; those that are to be kept are let go of.</summary>
    public static void CloseSession()
    {
        Guid session = CurrentSession();
        Close([.. SlicePoolDirectory.Owned.Where(pool => s_sessions.TryGetValue(pool, out Guid made) && made == session)]);
    }

    /// <summary>Ends every pool of the process; those that are to be kept are let go of.</summary>
    public static void CloseProcess() => Close(SlicePoolDirectory.Owned);

    private static Guid CurrentSession() => Runspace.DefaultRunspace?.InstanceId ?? Guid.Empty;

    private static void Close(IReadOnlyList<SlicePool> pools) =>
        Task.Run(() => Bounded.WaitAsync(Task.WhenAll(pools.Select(CloseAsync)), s_closeLimit)).GetAwaiter().GetResult();

    // Nobody is left to be told. What fails here or outlasts the limit is ended by the agents: they notice that their
    // driver is gone, and the leases lapse.
    // A pool that is to be kept is only let go of: its agents keep it even when they cannot be told.
    private static async Task CloseAsync(SlicePool pool)
    {
        SlicePoolManager manager = pool.GetManager();
        Task closing = manager.KeepFor > TimeSpan.Zero ? manager.DisconnectAsync() : manager.DisposeAsync().AsTask();
        await closing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
