using System.Globalization;
using System.Security.Cryptography;
using Eformer.Pool.Envelopes;
using Eformer.Pool.Files;
using Eformer.Pool.Local;
using Eformer.Pool.Runs;
using Eformer.Pool.Store;
using Eformer.Pool.Time;
using Eformer.Pool.Topology;

namespace Eformer.Pool.Pools;

/// <summary>What everything of one pool shares: who we are, the store, the keys, the clock.</summary>
internal sealed class PoolSession : IAsyncDisposable
{
    private readonly StoreOptions _options;

    internal PoolSession(string name, StoreOptions options, IPoolStore store, FleetKeys keys, LocalFleet? local, TimeProvider clock)
    {
        Name = name;
        Clock = clock;
        _options = options;
        Store = store;
        Local = local;
        Signer = keys.CommandSigner();
        Verifier = keys.ResultVerifier();
        CommandVerifier = keys.CommandVerifier();
        Receipts = new RunReceipts(store, Clock);
    }

    public string Name { get; }

    public IPoolStore Store { get; }

    public LocalFleet? Local { get; }

    public EnvelopeSigner Signer { get; }

    public EnvelopeVerifier Verifier { get; }

    /// <summary>Verifies what drivers signed.</summary>
    public EnvelopeVerifier CommandVerifier { get; }

    /// <summary>Acknowledges runs whose results were received.</summary>
    public RunReceipts Receipts { get; }

    public TimeProvider Clock { get; }

    /// <summary>Identity of this pool object: owner of its leases, and name of its doorbell.</summary>
    public string OwnerId { get; } = NewId();

    public string Owner { get; } = string.Create(
        CultureInfo.InvariantCulture,
        $"{Environment.UserName}@{Environment.MachineName}, process {Environment.ProcessId}");

    /// <summary>128 random bits as hex.</summary>
    public static string NewId() => RandomNumberGenerator.GetHexString(32, lowercase: true);

    public static async Task<PoolSession> OpenAsync(SlicePoolOptions options, CancellationToken cancellationToken)
    {
        string name = PoolName.Check(options.Name ?? "pool-" + RandomNumberGenerator.GetHexString(6, lowercase: true), "pool");
        if (options.Store is null)
        {
            LocalFleet local = await LocalFleet.StartAsync(options, cancellationToken);
            return await OpenLocalAsync(name, local, cancellationToken);
        }

        string fleet = PoolName.Check(options.Store.Fleet, "fleet");
        StoreLoader.Check(options.Store);
        FleetKeys keys = FleetKeys.Load(options.KeyFile ?? PrivateFolder.KeyFile(fleet), fleet);
        return new PoolSession(name, options.Store, await StoreLoader.OpenAsync(options.Store, cancellationToken), keys, null, BootClock.Instance);
    }

    /// <summary>Whether it was opened as these options say: the same connection, the same fleet.</summary>
    public bool IsAt(StoreOptions options) => options.Connection == _options.Connection && options.Fleet == _options.Fleet;

    public async ValueTask DisposeAsync()
    {
        try
        {
            await Receipts.SendAsync();
            await Store.DisposeAsync();
        }
        finally
        {
            Signer.Dispose();
            Verifier.Dispose();
            CommandVerifier.Dispose();
            await (Local?.DisposeAsync() ?? ValueTask.CompletedTask);
        }
    }

    private static async Task<PoolSession> OpenLocalAsync(string name, LocalFleet local, CancellationToken cancellationToken)
    {
        try
        {
            return new PoolSession(name, local.Store, await local.ConnectAsync(cancellationToken), local.Keys, local, BootClock.Instance);
        }
        catch
        {
            await local.DisposeAsync();
            throw;
        }
    }
}
