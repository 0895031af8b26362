using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Eformer.Pool.HostWorker.StoreServer;
using Eformer.Pool.HostWorker.Tests.Support;
using Eformer.Pool.Store;
using Garnet;
using Garnet.server;

namespace Eformer.Pool.HostWorker.Tests.StoreServer;

/// <summary>The embedded server without one of the settings that it must have: whoever tests the store is told.</summary>
public sealed class UnfitGarnetTests : IDisposable
{
    private const int Attempts = 20;
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Without_transactions_scripts_are_found_not_to_be_atomic()
    {
        // Whether two scripts meet is chance; that they never do is not to be believed.
        StoreRequirement scripts = await FindAsync("Scripts", options => options.LuaTransactionMode = false);
        Assert.Equal(RequirementResult.Fail, scripts.Result);
        Assert.Contains("were lost", scripts.Found, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_scripts_it_is_found_to_have_none() =>
        Assert.Equal("Lua scripts do not run", (await FindAsync("Scripts", options => options.EnableLua = options.LuaTransactionMode = false)).Found);

    [Fact]
    public async Task Without_a_storage_tier_it_is_found_to_lose_keys() =>
        Assert.Equal(RequirementResult.Fail, (await FindAsync("StorageTier", options => (options.EnableStorageTier, options.LogDir) = (false, null))).Result);

    [Fact]
    public async Task Compaction_that_drops_live_keys_is_found() =>
        Assert.Equal(RequirementResult.Fail, (await FindAsync("Compaction", options => options.CompactionType = LogCompactionType.Shift)).Result);

    private async Task<StoreRequirement> FindAsync(string name, Action<GarnetServerOptions> spoil)
    {
        int port = FreePort();
        GarnetServerOptions options = GarnetSettings.Create(StoreFolder.Prepare(_folder.File("store")), port, "secret");
        spoil(options);
        using GarnetServer server = new(options);
        server.Start();
        StoreOptions store = new() { Connection = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port},password=secret") };
        StoreRequirement? found = null;
        for (int attempt = 0; attempt < Attempts && found is not { Result: RequirementResult.Fail }; attempt++)
        {
            found = (await StoreLoader.InspectAsync(store, TestContext.Current.CancellationToken)).Single(requirement => requirement.Name == name);
        }

        return found!;
    }

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
