using Eformer.Pool.Leases;
using Eformer.Pool.Store;
using Eformer.Pool.Testing.Model;

namespace Eformer.Pool.Tests.Leases.Worlds;

/// <summary>Lets time run on with living agents and without drivers: every host has to become idle.</summary>
internal sealed class FairEnd
{
    // A lease lapses, its agent fences itself and attests: a few rounds each.
    private const int Rounds = 30;
    private readonly HashSet<UInt128> _good = [];

    /// <summary>What stays leased for ever; null when all becomes idle.</summary>
    public string? Broken(World world)
    {
        List<UInt128> passed = [];
        World current = Settle(world);
        for (int round = 0; round < Rounds; round++)
        {
            UInt128 print = WorldHash.Of(current);
            passed.Add(print);
            if (_good.Contains(print) || IsOver(current))
            {
                _good.UnionWith(passed);
                return null;
            }

            current = Round(current);
            if (WorldChecks.Broken(current) is { } broken)
            {
                return $"when time runs on: {broken}";
            }
        }

        HostNode stuck = current.Hosts.First(host => !IsFree(current, host));
        return $"{stuck.Key} is never idle again";
    }

    // What was under way arrives or is lost, agents go on, drivers are gone.
    private static World Settle(World world)
    {
        World settled = world with
        {
            Faults = 0,
            Saved = null,
            Drivers = [.. world.Drivers.Select(driver => driver with { Holder = null, Answer = null, Limbo = null, GaveBack = false })],
        };
        return settled.Hosts.Aggregate(settled, static (current, host) => current.With(Awake(host) with { Limbo = null, Answer = null }));
    }

    private static HostNode Awake(HostNode host) => host.Down ? host.Restart() : host with { Paused = false };

    private static World Round(World world)
    {
        World current = world.Tick(Timing.TickMs).Bump();
        foreach (HostNode host in world.Hosts)
        {
            current = Serve(current, host.Index);
        }

        return current with { Store = current.Store.Reap(current.Now).Next };
    }

    private static World Serve(World world, int index)
    {
        HostNode host = world.Hosts[index];
        World current = host.Lease.Phase == WorkerPhase.Ending ? world.With(host.Clear(world.NowOf(host))) : world;
        if (!current.Hosts[index].Registered)
        {
            return current.Register(index);
        }

        (World asked, Late<HeartbeatReply> answer) = current.Ask(index);
        return asked.Hear(index, answer);
    }

    private static bool IsOver(World world) => world.Store.Leases.IsEmpty && world.Hosts.All(host => IsFree(world, host));

    private static bool IsFree(World world, HostNode host) =>
        host.Running is null && host.Lease.Phase == WorkerPhase.Free
        && world.Store.Hosts.TryGetValue(host.Key, out HostModel? stored) && stored.State == HostState.Idle
        && world.Store.IsAlive(host.Key, world.Now);
}
