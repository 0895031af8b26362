using Eformer.Pool.Local;
using Eformer.Pool.Store;

namespace Eformer.Pool.Bench.Driving;

/// <summary>The embedded store, as local pools start it.</summary>
internal sealed class EmbeddedStore : IStoreServer
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);
    private readonly WorkerProcess _process;

    private EmbeddedStore(WorkerProcess process, StoreFile address) => (_process, Address) = (process, address);

    /// <inheritdoc/>
    public string Name => "the embedded store";

    /// <inheritdoc/>
    public StoreFile Address { get; }

    /// <inheritdoc/>
    public int ProcessId => _process.Id;

    /// <summary>Starts it.</summary>
    public static async Task<EmbeddedStore> StartAsync()
    {
        string folder = Directory.CreateTempSubdirectory("ef-store-").FullName;
        WorkerProcess process = WorkerProcess.Start(
            Shipped.HostProgram, ["store", "--directory", folder, "--owned", "--ephemeral"], TimeProvider.System);
        await process.WaitReadyAsync(s_patience, CancellationToken.None);
        return new EmbeddedStore(process, await StoreFile.ReadAsync(StoreFile.PathIn(folder), CancellationToken.None));
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _process.DisposeAsync();
}
