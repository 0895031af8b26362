using System.Diagnostics;
using System.Globalization;
using Eformer.Pool.Bench.Driving;
using Eformer.Pool.Bench.Measuring;
using Eformer.Pool.Bench.Reports;

namespace Eformer.Pool.Bench.Works;

/// <summary>A grain call of Orleans from one process to another over loopback: typed as well, but nothing of it is durable or leased.</summary>
internal sealed class OrleansPeer : IWorks
{
    private const int Hosts = 12_736;
    private readonly OnDemand<Cluster> _cluster;

    private OrleansPeer(string program, BenchOptions options)
    {
        _cluster = new OnDemand<Cluster>(() => Cluster.StartAsync(program));
        Works =
        [
            new("peer: typed no-op on 1 grain, Orleans", () => CallAsync(1)) { Repetitions = options.PeerCalls },
            new($"peer: typed no-op on {Hosts} grains, Orleans", () => CallAsync(Hosts)) { Repetitions = options.PeerStreams },
        ];
    }

    /// <inheritdoc/>
    public IReadOnlyList<Work> Works { get; }

    /// <summary>It, where it was built: <c>./build.sh bench</c> does.</summary>
    public static IEnumerable<IWorks> IfBuilt(BenchOptions options, MachineFacts machine)
    {
        string program = Path.Combine(AppContext.BaseDirectory, "../../OrleansPeer/release/OrleansPeer");
        if (File.Exists(program))
        {
            return [new OrleansPeer(program, options)];
        }

        machine.AddAbsent("Orleans (its peer was not built)");
        return [];
    }

    /// <inheritdoc/>
    public ValueTask RestAsync() => _cluster.DisposeAsync();

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    private async Task<TimeSpan> CallAsync(int grains) => await (await _cluster.GetAsync()).CallAsync(grains);

    private sealed class Cluster(Process silo, PeerProgram client) : IAsyncDisposable
    {
        private const int WarmUpCalls = 2_000;
        private bool _warm;

        public static async Task<Cluster> StartAsync(string program)
        {
            string[] ports = [.. FreePorts.Take(2).Select(static port => port.ToString(CultureInfo.InvariantCulture))];
            Process silo = ChildProcess.Start(program, "silo", ports[0], ports[1]);
            await ChildProcess.AwaitLineAsync(silo, "ready");
            return new Cluster(silo, await PeerProgram.StartAsync(program, "client", ports[1]));
        }

        public async Task<TimeSpan> CallAsync(int grains)
        {
            for (int call = 0; !_warm && call < WarmUpCalls; call++)
            {
                await client.AskAsync("1");
            }

            _warm = true;
            return await client.AskAsync(grains.ToString(CultureInfo.InvariantCulture));
        }

        public async ValueTask DisposeAsync()
        {
            await client.DisposeAsync();
            silo.StandardInput.Close();
            await silo.WaitForExitAsync();
            silo.Dispose();
        }
    }
}
