using System.Globalization;
using Eformer.Pool.Store;

namespace Eformer.Pool.Bench.Driving;

/// <summary>
/// The agents of a large fleet, in a process of their own, so that their processor time is not the driver's: one for each slice, with a
/// connection of its own. Ends with its standard input.
/// </summary>
internal static class LeaseAgents
{
    /// <summary>The argument that asks for it; endpoint, password and number of slices follow on standard input, then numbers of heartbeats.</summary>
    public const string Verb = "lease-agents";

    /// <summary>Answers until its owner ends.</summary>
    public static async Task<int> RunAsync()
    {
        StoreFile address = new(Console.ReadLine() ?? "", Console.ReadLine() ?? "");
        LeaseAgent[] agents = await Task.WhenAll(
            Enumerable.Range(0, ReadNumber() ?? 0).Select(slice => LeaseAgent.StartAsync(address.ToOptions(LargeFleet.Name), slice)));
        Console.WriteLine("ready");
        while (ReadNumber() is { } beats)
        {
            await Task.WhenAll(agents.Select(agent => agent.BeatAsync(beats)));
            Console.WriteLine("done");
        }

        return 0;
    }

    private static int? ReadNumber() => Console.ReadLine() is { } line ? int.Parse(line, NumberStyles.None, CultureInfo.InvariantCulture) : null;
}
