using System.Text.Json;
using Eformer.Pool.Store;

namespace Eformer.Pool.Faults.Tests.Driver;

/// <summary>A driver that makes a pool, runs a script on it, and has no plans beyond that.</summary>
internal static class DriverProgram
{
    public static async Task<int> RunAsync(string file)
    {
        DriverOrder order = JsonSerializer.Deserialize<DriverOrder>(await File.ReadAllTextAsync(file))!;
        await using SlicePoolManager pool = await SlicePoolManager.OpenAsync(new SlicePoolOptions
        {
            Name = order.Pool,
            HostsPerSlice = order.HostsPerSlice,
            LeaseTtl = TimeSpan.FromSeconds(order.LeaseSec),
            Store = new StoreFile(order.Endpoint, order.Password).ToOptions(order.Fleet),
            KeyFile = order.KeyFile,
            KeepFor = TimeSpan.FromSeconds(order.KeepSec),
        });
        await pool.ScaleMultisliceAsync(order.Slices);
        await using RunHandle run = await pool.StartRunAsync(new RunRequest { Script = order.Script, RunId = order.RunId });
        await foreach (RunRecord record in run.Records.ReadAllAsync())
        {
            await Console.Error.WriteLineAsync($"{record.Host} {record.Kind} {record.End?.Outcome} {record.End?.Evidence}");
        }

        return 0;
    }
}
