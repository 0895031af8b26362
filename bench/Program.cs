using System.Runtime.CompilerServices;
using Eformer.Pool.Bench;
using Eformer.Pool.Bench.Driving;
using Eformer.Pool.Bench.Works;

Shipped.Install();
return Run(args);

// Nothing above may mention a type of what is shipped: it cannot be found before the handlers are installed.
[MethodImpl(MethodImplOptions.NoInlining)]
static int Run(string[] args) => args switch
{
    [HopPeer.Verb] => HopPeer.RunAsync().GetAwaiter().GetResult(),
    [VolumeDriver.Verb, string name] => VolumeDriver.RunAsync(name).GetAwaiter().GetResult(),
    [LeaseAgents.Verb] => LeaseAgents.RunAsync().GetAwaiter().GetResult(),
    _ when BenchOptions.TryParse(args, out BenchOptions? options) => BenchRun.Run(options),
    _ => BenchOptions.Complain(),
};
