using System.Runtime.CompilerServices;
using Eformer.Pool.Bench;
using Eformer.Pool.Bench.Driving;
using Eformer.Pool.Bench.Works;

Shipped.Install();
return await RunAsync(args);

// Nothing above may mention a type of what is shipped: it cannot be found before the handlers are installed.
[MethodImpl(MethodImplOptions.NoInlining)]
static async Task<int> RunAsync(string[] args) => args switch
{
    [ColdStart.Verb, var script] => ColdSession.Run(script),
    [HopPeer.Verb] => await HopPeer.RunAsync(),
    _ when BenchOptions.TryParse(args, out BenchOptions? options) => await BenchRun.RunAsync(options),
    _ => BenchOptions.Complain(),
};
