using System.Diagnostics;
using System.Globalization;
using Eformer.Pool.Bench.OrleansPeer;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

// "silo <port> <gateway>" serves until its standard input ends. "client <gateway>" says when it is ready, then answers each line
// "<grains>" with the seconds that calls of so many grains at once took.
return args switch
{
    ["silo", string port, string gateway] => await SiloAsync(Number(port), Number(gateway)),
    ["client", string gateway] => await ClientAsync(Number(gateway)),
    _ => 2,
};

static async Task<int> SiloAsync(int port, int gateway)
{
    HostApplicationBuilder builder = Host.CreateApplicationBuilder();
    builder.Logging.ClearProviders();
    builder.UseOrleans(silo => silo.UseLocalhostClustering(port, gateway));
    using IHost host = builder.Build();
    await host.StartAsync();
    Console.WriteLine("ready");
    await Console.In.ReadToEndAsync();
    await host.StopAsync();
    return 0;
}

static async Task<int> ClientAsync(int gateway)
{
    HostApplicationBuilder builder = Host.CreateApplicationBuilder();
    builder.Logging.ClearProviders();
    builder.UseOrleansClient(client => client.UseLocalhostClustering(gateway));
    using IHost host = builder.Build();
    await host.StartAsync();
    IGrainFactory grains = (IGrainFactory)host.Services.GetService(typeof(IGrainFactory))!;
    Console.WriteLine("ready");
    while (await Console.In.ReadLineAsync() is { } line)
    {
        INoOpGrain[] called = [.. Enumerable.Range(0, Number(line)).Select(key => grains.GetGrain<INoOpGrain>(key))];
        long start = Stopwatch.GetTimestamp();
        await Task.WhenAll(called.Select(grain => grain.NoOpAsync(1)));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"took {Stopwatch.GetElapsedTime(start).TotalSeconds:0.000000000}"));
    }

    await host.StopAsync();
    return 0;
}

static int Number(string text) => int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);
