using Eformer.Pool.Faults.Tests.Support;
using Eformer.Pool.Samples.TypedInventory;
using Xunit;

namespace Eformer.Pool.Faults.Tests.Functions;

/// <summary>The typed sample from C#: one signature, and what the generator makes of it.</summary>
public sealed class TypedInventoryTests(SharedServers servers) : IDisposable
{
    private readonly string _files = Directory.CreateTempSubdirectory("inventory-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_files, recursive: true);

    [Fact]
    public async Task Hosts_summarize_list_and_fail_as_themselves()
    {
        for (int i = 0; i < 5; i++)
        {
            await File.WriteAllTextAsync(Path.Combine(_files, $"{i}.txt"), new string('x', i), Token);
        }

        await using Fleet fleet = await Fleet.CreateAsync(await servers.GetAsync(ServerKind.Garnet));
        await fleet.StartAgentAsync("2x2", more: ["--functions", typeof(FileInventory).Assembly.Location]);
        SlicePoolManager pool = await fleet.OpenPoolAsync(slices: 2);
        Reports reports = new();
        FileQuery shared = new() { Filter = "*.txt", ShardOf = 2 };
        HostResults<FolderSummary> summary = await FileInventory.OnEachHost(pool).SummarizeAsync(_files, shared, reports, Token);
        Assert.Equal([(3, 6L), (2, 4L), (3, 6L), (2, 4L)], summary.Values.Select(folder => (folder.Files, folder.Bytes)));
        Assert.Equal(summary[0, 1].Value.Sha256, summary[1, 1].Value.Sha256);
        Assert.Equal([1.0, 1.0, 1.0, 1.0], summary.Select(host => reports.Last(host.Host)));

        RemoteCallOptions installed = new() { Installed = true };
        Assert.Equal(summary.Values, (await FileInventory.OnEachHost(pool, installed).SummarizeAsync(_files, shared, null, Token)).Values);

        HostStream<HostFile> files = FileInventory.OnEachHost(pool, new RemoteCallOptions { SliceIds = [1] }).ListAsync(_files, shared with { MinBytes = 1 }, hash: true, Token);
        List<HostItem<HostFile>> listed = [];
        await foreach (HostItem<HostFile> file in files.WithCancellation(Token))
        {
            listed.Add(file);
        }

        Assert.Equal(["2.txt", "4.txt"], listed.Where(file => file.Host.HostId == 1).Select(file => file.Value.Path));
        Assert.All(listed, file => Assert.Equal(64, file.Value.Sha256!.Length));
        Assert.Equal([2L, 2L], files.Results.Values);

        await using RunHandle<FolderSummary> sent = await FileInventory.Schedule(pool).SummarizeAsync("/nowhere", shared, Token);
        HostResults<FolderSummary> failed = await sent;
        Assert.Equal(4, failed.Failed.Count);
        RemoteException thrown = Assert.IsType<RemoteException>(failed[0, 0].Exception);
        Assert.Equal("System.IO.DirectoryNotFoundException", thrown.RemoteType);
        Assert.Contains("FileInventory.", thrown.RemoteStackTrace, StringComparison.Ordinal);
        HostResults<FolderSummary> again = await (await FileInventory.Attach(pool).SummarizeAsync(sent.RunId, Token));
        Assert.Equal(failed.Select(host => host.Evidence), again.Select(host => host.Evidence));
    }

    private sealed class Reports : IProgress<HostReport<double>>
    {
        private readonly Dictionary<HostAddress, double> _last = [];

        public void Report(HostReport<double> value) => _last[value.Host] = value.Value;

        public double Last(HostAddress host) => _last[host];
    }
}
