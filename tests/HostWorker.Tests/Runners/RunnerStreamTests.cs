using Eformer.Pool.HostWorker.Tests.Support;

namespace Eformer.Pool.HostWorker.Tests.Runners;

public sealed class RunnerStreamTests
{
    [Fact]
    public async Task Output_comes_back_in_order()
    {
        await using RunnerBench bench = await RunnerBench.StartAsync();
        RunResult result = await bench.RunAsync("1..10000");
        Assert.Equal(Enumerable.Range(1, 10000).Cast<object>(), result.Output);
        Console.WriteLine(result.End + " " + result.Elapsed);
        for (int i = 0; i < 5; i++)
        {
            result = await bench.RunAsync("1..10000");
            Console.WriteLine(result.End.Kind + " " + result.Elapsed + " " + result.Records.Count);
            result = await bench.RunAsync("1");
            Console.WriteLine(result.End.Kind + " " + result.Elapsed + " " + result.Records.Count);
        }
    }
}
