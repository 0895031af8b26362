using Eformer.Pool.Leases;
using Eformer.Pool.Store;
using Eformer.Pool.Testing.Model;

namespace Eformer.Pool.Tests.Leases.Worlds;

/// <summary>Everything that can happen next in a world. A name tells what, for the trace of a failure.</summary>
internal static class WorldSteps
{
    // More leases of one driver show nothing new.
    private const int MaxLeases = 2;

    public static IEnumerable<(string Name, World Next)> Of(World world, FaultKinds kinds)
    {
        yield return ("time passes", world.Tick(Timing.TickMs));
        IEnumerable<(string, World)> steps = OfStore(world, kinds)
            .Concat(world.Hosts.SelectMany(host => OfHost(world, host, kinds)))
            .Concat(world.Drivers.SelectMany(driver => OfDriver(world, driver, kinds)));
        foreach ((string name, World next) in steps)
        {
            yield return (name, next);
        }
    }

    private static IEnumerable<(string Name, World Next)> OfStore(World world, FaultKinds kinds)
    {
        bool may = world.Faults > 0 && kinds.HasFlag(FaultKinds.StoreLoss);
        if (world.Store.Run != world.RunId)
        {
            yield return ("generation is bumped", world.Bump());
        }

        if (world.Store.Leases.Any(lease => lease.Value.Expiry <= world.Now) || world.Store.Pools.Any(pool => pool.Value.Expiry <= world.Now))
        {
            yield return ("reap", world with { Store = world.Store.Reap(world.Now).Next });
        }

        if (may)
        {
            yield return ("store loses all", Spend(world).Lose(FleetModel.Empty));
        }

        if (may && world.Saved is null)
        {
            yield return ("nothing after this will be kept", Spend(world) with { Saved = world.Store });
        }

        if (world.Saved is not null)
        {
            yield return ("store loses the end", world.Lose(world.Saved));
        }
    }

    private static IEnumerable<(string Name, World Next)> OfHost(World world, HostNode host, FaultKinds kinds)
    {
        if (host.Limbo is not null)
        {
            yield return ($"{host.Key}: given up heartbeat arrives", world.Beat(host.Limbo).Next.With(host with { Limbo = null }));
        }

        if (!host.Acts)
        {
            yield return host.Down
                ? ($"{host.Key}: restarts", world.With(host.Restart()))
                : ($"{host.Key}: goes on", world.With((host with { Paused = false }).Tick(world.NowOf(host))));
            yield break;
        }

        if (host.Lease.Phase == WorkerPhase.Ending)
        {
            yield return ($"{host.Key}: cleared", world.With(host.Clear(world.NowOf(host))));
        }

        if (!host.Registered)
        {
            yield return ($"{host.Key}: registers", world.Register(host.Index));
        }
        else
        {
            (World asked, Late<HeartbeatReply> answer) = world.Ask(host.Index);
            yield return ($"{host.Key}: heartbeat", asked.Hear(host.Index, answer));
            foreach ((string name, World next) in Disturbed(world, host, asked, answer, kinds))
            {
                yield return (name, next);
            }
        }

        if (host.Answer is not null)
        {
            World heard = world.With(host with { Answer = null });
            yield return ($"{host.Key}: late answer", heard.Hear(host.Index, host.Answer));
        }
    }

    private static IEnumerable<(string Name, World Next)> Disturbed(
        World world, HostNode host, World asked, Late<HeartbeatReply> answer, FaultKinds kinds)
    {
        if (world.Faults == 0)
        {
            yield break;
        }

        World spent = Spend(asked);
        if (kinds.HasFlag(FaultKinds.Messages))
        {
            yield return ($"{host.Key}: heartbeat, answer late", spent.With(spent.Hosts[host.Index] with { Answer = answer }));
            yield return ($"{host.Key}: heartbeat, answered twice", spent.With(spent.Hosts[host.Index] with { Answer = answer }).Hear(host.Index, answer));
            yield return ($"{host.Key}: heartbeat given up", Spend(world).With(host with { Answer = null, Limbo = host.Heartbeat }));
        }

        if (kinds.HasFlag(FaultKinds.Agents))
        {
            yield return ($"{host.Key}: heartbeat, disk fails", spent.Hear(host.Index, answer, diskFails: true));
            yield return ($"{host.Key}: agent dies", Spend(world).With(host with { Down = true }));
            yield return ($"{host.Key}: agent stopped", Spend(world).With(host with { Paused = true }));
        }
    }

    private static IEnumerable<(string Name, World Next)> OfDriver(World world, DriverNode driver, FaultKinds kinds)
    {
        if (driver.Limbo is not null)
        {
            yield return ($"{driver.Owner}: given up request arrives", Arrive(world.With(driver with { Limbo = null }), driver.Limbo));
        }

        IEnumerable<(string, World)> steps = driver.Holds
            ? OfHolder(world, driver).Concat(Disturbed(world, driver, kinds))
            : driver.Leases < MaxLeases ? OfAsker(world, driver, kinds) : [];
        foreach ((string name, World next) in steps)
        {
            yield return (name, next);
        }
    }

    private static IEnumerable<(string Name, World Next)> OfAsker(World world, DriverNode driver, FaultKinds kinds)
    {
        yield return ($"{driver.Owner}: acquires", world.Acquire(driver.Index));
        if (world.Faults > 0 && kinds.HasFlag(FaultKinds.Messages))
        {
            // It is given back at once, which may overtake it.
            DriverNode gaveUp = driver with { Limbo = driver.AcquireNext, Leases = driver.Leases + 1 };
            yield return ($"{driver.Owner}: acquire given up", Spend(world).With(gaveUp));
        }
    }

    private static IEnumerable<(string Name, World Next)> OfHolder(World world, DriverNode driver)
    {
        long now = world.NowOf(driver);
        (World renewed, RenewReply reply) = world.Renew(driver.Renewal);
        yield return ($"{driver.Owner}: renews", renewed.With(driver.Hear(reply, now, now)));
        World released = world.Release(driver.Owner, driver.Holder!.Token.LeaseId);
        yield return ($"{driver.Owner}: releases", released.With(driver.Released(now) with { GaveBack = true }));
        if (driver.Answer is { } late)
        {
            yield return ($"{driver.Owner}: late answer", world.With(HearLate(driver, late, now)));
        }

        if (driver.Holder.Status == HolderStatus.Reasserting && driver.Holder.PhaseAt(now, WorldClock.Instance) < LeasePhase.Fence)
        {
            (World asked, ReassertReply answer) = world.Reassert(driver.Reassertion);
            yield return ($"{driver.Owner}: reasserts", asked.With(driver.Hear(answer, now, now)));
        }
    }

    private static IEnumerable<(string Name, World Next)> Disturbed(World world, DriverNode driver, FaultKinds kinds)
    {
        if (world.Faults == 0 || !kinds.HasFlag(FaultKinds.Messages))
        {
            yield break;
        }

        World spent = Spend(world);
        long now = world.NowOf(driver);
        (World renewed, RenewReply reply) = spent.Renew(driver.Renewal);
        yield return ($"{driver.Owner}: renews, answer late", renewed.With(driver with { Answer = new Late<RenewReply>(reply, now) }));
        yield return ($"{driver.Owner}: renewal given up", spent.With(driver.HearNothing(now) with { Limbo = driver.Renewal }));
        yield return ($"{driver.Owner}: dies", spent.With(driver.Released(now)));
        if (driver.Holder!.Status == HolderStatus.Reasserting)
        {
            yield return ($"{driver.Owner}: reassertion given up", spent.With(driver with { Limbo = driver.Reassertion }));
        }
    }

    // It says nothing of a store that has lost data since.
    private static DriverNode HearLate(DriverNode driver, Late<RenewReply> late, long now) =>
        (driver with { Answer = null }).Hear(late.Reply, late.AskedAt, now) with { StoreLost = driver.StoreLost };

    private static World Arrive(World world, object request) => request switch
    {
        AcquireRequest acquire => world with { Store = world.Store.Acquire(acquire, "gen-" + world.RunId, world.Now).Next },
        RenewRequest renew => world.Renew(renew).Next,
        ReassertRequest reassert => world.Reassert(reassert).Next,
        _ => world,
    };

    private static World Spend(World world) => world with { Faults = world.Faults - 1 };
}
