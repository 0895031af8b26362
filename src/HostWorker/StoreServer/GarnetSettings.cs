using System.Net;
using Garnet.server;
using Garnet.server.Auth.Settings;
using Microsoft.Extensions.Logging;
using Tsavorite.core;

namespace Eformer.Pool.HostWorker.StoreServer;

/// <summary>The settings without which Garnet is no store for leases; see each comment.</summary>
internal static class GarnetSettings
{
    // More than sessions wait for one lock at once; a thread is only made when it is needed.
    private const int MinThreads = 128;

    public static GarnetServerOptions Create(StoreFolder folder, int port, string password)
    {
        GarnetServerOptions options = new()
        {
            EndPoints = [new IPEndPoint(IPAddress.Loopback, port)],
            AuthSettings = new PasswordAuthenticationSettings(password),
            EnableDebugCommand = ConnectionProtectionOption.No,
            EnableModuleCommand = ConnectionProtectionOption.No,
            QuietMode = true,
            LogLevel = LogLevel.Warning,
            MaxDatabases = 1,
        };
        SetThreads(options);
        SetScripts(options);
        SetMemory(options);
        SetStorage(options, folder);
        return options;
    }

    // A session that waits for a key's lock spins on a thread of the pool. Whoever holds the lock may itself wait for a send,
    // whose completion needs another thread; and the pool adds none while the processors are busy, as spinning makes them.
    // With one thread per processor the server then stood still for ten seconds and more, and every lease with it.
    private static void SetThreads(GarnetServerOptions options)
    {
        options.ThreadPoolMinThreads = MinThreads;
    }

    private static void SetScripts(GarnetServerOptions options)
    {
        options.EnableLua = true;
        // Without it scripts are not atomic: increments get lost and one host is leased twice.
        options.LuaTransactionMode = true;
        options.LuaOptions = new LuaOptions(
            LuaMemoryManagementMode.Native, "", Timeout.InfiniteTimeSpan, LuaLoggingMode.Silent, []);
    }

    private static void SetMemory(GarnetServerOptions options)
    {
        options.LogMemorySize = "64m";
        options.PageSize = "4m";
        options.IndexMemorySize = "1m";
        options.IndexMaxMemorySize = "64m";
        // Expired keys are otherwise kept for ever.
        options.ExpiredKeyDeletionScanFrequencySecs = 5;
    }

    // Without a storage tier live keys vanish silently once the log has advanced by its memory size. Compaction of the
    // kind "Lookup" keeps every live record; "Shift" would not.
    private static void SetStorage(GarnetServerOptions options, StoreFolder folder)
    {
        options.EnableStorageTier = true;
        // The native device needs a library that may be missing, and ends the process without it.
        options.DeviceType = DeviceType.RandomAccess;
        options.LogDir = folder.Log;
        options.CheckpointDir = folder.Checkpoints;
        options.SegmentSize = "64m";
        options.ObjectLogSegmentSize = "64m";
        options.CompactionFrequencySecs = 30;
        options.CompactionMaxSegments = 4;
        options.CompactionType = LogCompactionType.Lookup;
        options.CompactionForceDelete = true;
        options.UseRevivBinsPowerOf2 = true;
        options.RevivifiableFraction = 1.0;
    }
}
