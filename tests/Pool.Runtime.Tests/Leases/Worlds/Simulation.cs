using Eformer.Pool.Leases;
using Eformer.Pool.Store;
using Eformer.Pool.Testing.Model;

namespace Eformer.Pool.Tests.Leases.Worlds;

/// <summary>A fleet in virtual time: hosts beat, drivers renew, and what the dice say goes wrong. The same seed, the same story.</summary>
internal sealed class Simulation
{
    private const int RoundMs = 250;
    private const int BeatMs = Timing.TtlMs / 10;
    private const int RenewMs = Timing.TtlMs / 6;
    private readonly Random _random;
    private readonly PriorityQueue<Func<World, World>, long> _underWay = new();
    private readonly long[] _due;
    private readonly long[] _cut;
    private Dice _dice;
    private long _losesAgain;

    public Simulation(int seed, Dice dice, Mutant mutant = Mutant.None)
    {
        _random = new Random(seed);
        _dice = dice;
        int hosts = _random.Next(1, 7), drivers = _random.Next(1, 5);
        World = World.Of(hosts, drivers, hostsPerSlice: _random.Next(1, Math.Min(3, hosts) + 1), mutant) with
        {
            Rates = [.. Enumerable.Range(0, hosts + drivers).Select(_ => Math.Pow(1 + (dice.Skew / 100.0), (_random.NextDouble() * 2) - 1))],
        };
        _due = new long[hosts + drivers];
        _cut = new long[hosts + drivers];
    }

    public World World { get; private set; }

    /// <summary>Runs for a while.</summary>
    /// <returns>What broke; null when nothing did.</returns>
    public string? Run(int milliseconds)
    {
        for (long end = World.Now + milliseconds; World.Now < end;)
        {
            Round();
            if (WorldChecks.Broken(World) is { } broken)
            {
                return $"{broken} at {World.Now} ms";
            }
        }

        return null;
    }

    /// <summary>From now on nothing goes wrong, and what was wrong is put right.</summary>
    public void Mend()
    {
        _dice = Dice.Fair;
        Array.Clear(_cut);
        foreach (HostNode host in World.Hosts)
        {
            World = World.With(host.Down ? host.Restart() : (host with { Paused = false }).Tick(World.NowOf(host)));
        }
    }

    /// <summary>Every driver gives its slice back and asks for nothing more.</summary>
    public void GiveBack()
    {
        foreach (DriverNode driver in World.Drivers)
        {
            World = (driver.Holds ? Returned(driver) : World).With(World.Drivers[driver.Index].Released(World.NowOf(driver)) with { Wants = false });
        }
    }

    // Whether a message of a host or driver arrives, and its answer too.
    private bool Arrives(int index) => World.Now >= _cut[index] && !Happens(_dice.Message);

    private bool Happens(int inAThousand) => inAThousand > 0 && _random.Next(1000) < inAThousand;

    private void Round()
    {
        World = World.Tick(RoundMs);
        while (_underWay.TryPeek(out Func<World, World>? arrive, out long at) && at <= World.Now)
        {
            _underWay.Dequeue();
            World = arrive(World);
        }

        if (World.Now >= _losesAgain && Happens(_dice.StoreLoss))
        {
            _losesAgain = World.Now + _dice.LossPauseMs;
            LoseData();
        }

        if (Happens(_dice.Cut))
        {
            _cut[_random.Next(_cut.Length)] = World.Now + _random.Next(2 * Timing.TtlMs);
        }

        foreach (int index in Enumerable.Range(0, World.Hosts.Length).OrderBy(_ => _random.Next()))
        {
            Serve(World.Hosts[index]);
        }

        foreach (int index in Enumerable.Range(0, World.Drivers.Length).OrderBy(_ => _random.Next()))
        {
            Drive(World.Drivers[index]);
        }
    }

    // Everything, or what was written from now until a moment that has not come yet.
    private void LoseData()
    {
        if (_random.Next(2) == 0)
        {
            World = World.Lose(FleetModel.Empty).Bump();
            return;
        }

        FleetModel saved = World.Store;
        _losesAgain += 3000;
        Later(3000, world => world.Lose(saved).Bump());
    }

    private void Later(int within, Func<World, World> arrive) => _underWay.Enqueue(arrive, World.Now + _random.Next(within));

    private void Serve(HostNode host)
    {
        if (host.Acts && Happens(_dice.Agent))
        {
            Break(host);
            return;
        }

        if (!host.Acts)
        {
            return;
        }

        if (host.Lease.Phase == WorkerPhase.Ending && _random.Next(3) == 0)
        {
            World = World.With(host.Clear(World.NowOf(host)));
            _due[host.Index] = 0;
        }

        if (World.Now >= _due[host.Index])
        {
            _due[host.Index] = World.Now + BeatMs;
            Beat(World.Hosts[host.Index]);
        }
    }

    private void Break(HostNode host)
    {
        bool dies = _random.Next(2) == 0;
        World = World.With(dies ? host with { Down = true, Answer = null } : host with { Paused = true });
        Later(25_000, world =>
        {
            HostNode broken = world.Hosts[host.Index];
            return world.With(broken.Down ? broken.Restart() : (broken with { Paused = false }).Tick(world.NowOf(broken)));
        });
    }

    private void Beat(HostNode host)
    {
        if (!host.Registered)
        {
            World = Arrives(host.Index) ? World.Register(host.Index) : World;
            _due[host.Index] = 0;
            return;
        }

        if (Arrives(host.Index))
        {
            (World asked, Late<HeartbeatReply> answer) = World.Ask(host.Index);
            World = asked.Hear(host.Index, answer, diskFails: Happens(_dice.Message / 4));
            _due[host.Index] = World.Hosts[host.Index].Lease.Phase == host.Lease.Phase ? _due[host.Index] : 0;
        }
        else if (World.Now < _cut[host.Index] || _random.Next(2) == 0)
        {
            World = World.With(host with { Answer = null });
            Later(20_000, world => world.Beat(host.Heartbeat).Next);
        }
        else
        {
            BeatSlowly(host);
        }
    }

    // The agent waits for its answer: it asks nothing else meanwhile, but looks at its deadlines.
    private void BeatSlowly(HostNode host)
    {
        (World asked, Late<HeartbeatReply> answer) = World.Ask(host.Index);
        World = asked.With(asked.Hosts[host.Index] with { Answer = answer });
        int wait = _random.Next(Timing.TtlMs);
        _due[host.Index] = World.Now + wait + RoundMs;
        _underWay.Enqueue(world => world.Hosts[host.Index] is { Acts: true } waiting && ReferenceEquals(waiting.Answer, answer)
            ? world.With(waiting with { Answer = null }).Hear(host.Index, answer)
            : world, World.Now + wait);
    }

    private void Drive(DriverNode driver)
    {
        int due = World.Hosts.Length + driver.Index;
        if (World.Now < _due[due] || !driver.Wants)
        {
            return;
        }

        _due[due] = World.Now + RenewMs;
        if (!driver.Holds)
        {
            World = World.Now >= _cut[due] ? World.Acquire(driver.Index) : World;
        }
        else if (World.Now >= _cut[due] && Happens(_dice.Driver))
        {
            // It gives its slice back, or dies without a word.
            World = _random.Next(2) == 0 ? Returned(driver) : World.With(driver.Released(World.NowOf(driver)));
        }
        else
        {
            Renew(driver);
        }
    }

    private World Returned(DriverNode driver) =>
        World.Release(driver.Owner, driver.Holder!.Token.LeaseId).With(driver.Released(World.NowOf(driver)) with { GaveBack = true });

    private void Renew(DriverNode driver)
    {
        long sentAt = World.NowOf(driver);
        RenewRequest request = driver.Renewal;
        bool cut = World.Now < _cut[World.Hosts.Length + driver.Index];
        if (!cut && !Happens(_dice.Message))
        {
            (World renewed, RenewReply reply) = World.Renew(request);
            World = Look(renewed.With(driver.Hear(reply, sentAt, sentAt)), driver.Index);
        }
        else if (cut || _random.Next(2) == 0)
        {
            World = World.With(driver.HearNothing(sentAt));
            Later(20_000, world => world.Renew(request).Next);
        }
        else
        {
            (World, RenewReply reply) = World.Renew(request);
            int run = World.Run;
            Later(Timing.TtlMs, world => HearLate(world, driver, reply, sentAt, run));
        }
    }

    private static World HearLate(World world, DriverNode asker, RenewReply reply, long sentAt, int run)
    {
        DriverNode driver = world.Drivers[asker.Index];
        if (driver.Holder?.Token != asker.Holder!.Token)
        {
            return world;
        }

        DriverNode heard = driver.Hear(reply, sentAt, world.NowOf(driver));
        return world.With(run == world.Run ? heard : heard with { StoreLost = driver.StoreLost });
    }

    // A driver whose lease is unknown asks for it back; one that sees a host of it lost gives it back.
    private static World Look(World world, int index)
    {
        DriverNode driver = world.Drivers[index];
        long now = world.NowOf(driver);
        if (driver.Holder!.Status == HolderStatus.Reasserting && driver.Holder.PhaseAt(now, WorldClock.Instance) < LeasePhase.Fence)
        {
            (World asked, ReassertReply answer) = world.Reassert(driver.Reassertion);
            return asked.With(driver.Hear(answer, now, now));
        }

        string lease = driver.Holder.Token.LeaseId;
        HostModel?[] hosts = [.. driver.Hosts.Select(host => world.Store.Hosts.GetValueOrDefault(host))];
        bool lost = driver.Holder.Status == HolderStatus.Held
            && hosts.Any(host => host?.LeaseId != lease || host.State is not (HostState.Held or HostState.Granted));
        return lost ? world.Release(driver.Owner, lease).With(driver.LostHost(now))
            : hosts.All(host => host?.LeaseId == lease && host.State == HostState.Held) ? world.With(driver with { Complete = true })
            : world;
    }
}
