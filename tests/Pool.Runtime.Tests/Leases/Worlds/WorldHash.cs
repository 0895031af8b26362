using Eformer.Pool.Leases;
using Eformer.Pool.Store;
using Eformer.Pool.Testing.Model;

namespace Eformer.Pool.Tests.Leases.Worlds;

/// <summary>What tells two worlds apart for everything that can still happen in them: ages instead of times, and no history.</summary>
internal static class WorldHash
{
    public static UInt128 Of(World world)
    {
        Fingerprint print = new();
        print.Add(world.Faults);
        print.Add(world.Lost);
        print.Add(world.Store.Run == world.RunId);
        AddStore(ref print, world, world.Store);
        print.Add(world.Saved is not null);
        if (world.Saved is not null)
        {
            AddStore(ref print, world, world.Saved);
        }

        foreach (HostNode host in world.Hosts)
        {
            AddHost(ref print, world, host);
        }

        foreach (DriverNode driver in world.Drivers)
        {
            AddDriver(ref print, world, driver);
        }

        return print.Value;
    }

    private static void AddStore(ref Fingerprint print, World world, FleetModel store)
    {
        print.Add(store.Epoch);
        foreach (HostNode node in world.Hosts)
        {
            bool known = store.Hosts.TryGetValue(node.Key, out HostModel? host);
            print.Add(known ? (int)host!.State : -1);
            print.Add(host?.Epoch ?? 0);
            print.Add(host?.LeaseId);
            print.Add(host?.FenceEpoch ?? 0);
            print.Add(Left(store.Beats.GetValueOrDefault(node.Key), world.Now));
            print.Add(store.Agents.TryGetValue(node.Key, out AgentModel? agent) && agent.Incarnation == node.IncarnationId);
        }

        foreach ((string id, LeaseModel lease) in store.Leases)
        {
            print.Add(id);
            print.Add(lease.Epoch);
            print.Add(Left(lease.Expiry, world.Now));
            foreach (HostNode node in world.Hosts)
            {
                AddCount(ref print, node.Lease.Lease, id, lease.Renewals);
            }
        }

        foreach ((string name, PoolModel pool) in store.Pools)
        {
            print.Add(name);
            print.Add(Left(pool.Expiry, world.Now));
        }
    }

    private static void AddHost(ref Fingerprint print, World world, HostNode host)
    {
        long now = world.NowOf(host);
        AddFence(ref print, host.Lease.Fence);
        AddFence(ref print, host.Disk);
        print.Add((int)host.Lease.Phase);
        print.Add(host.Lease.Lease?.LeaseId);
        print.Add(host.Lease.Lease is null ? 0 : Age(host.Lease.Proof.ProvedAt, now));
        print.Add(host.Lease.Lease is null ? 0 : Age(host.HeardAt, now));
        print.Add((host.Registered ? 1 : 0) + (host.Paused ? 2 : 0) + (host.Down ? 4 : 0) + (host.StoreLost ? 8 : 0) + (host.Violation is null ? 0 : 16));
        print.Add(host.Running?.Epoch ?? 0);
        print.Add(host.Accepted);
        print.Add(host.Answer is null ? -1 : Age(host.Answer.AskedAt, now));
        if (host.Answer is not null)
        {
            AddReply(ref print, host, host.Answer.Reply);
        }

        print.Add(host.Limbo?.Incarnation == host.IncarnationId);
        if (host.Limbo is not null)
        {
            HostFence fence = host.Limbo.Fences[0];
            AddFence(ref print, new Fence(fence.Epoch, fence.LeaseId, "", fence.Held));
        }
    }

    private static void AddReply(ref Fingerprint print, HostNode host, HeartbeatReply reply)
    {
        print.Add((int)reply.Status);
        foreach (HostAssignment assignment in reply.Assignments)
        {
            print.Add((int)assignment.State);
            print.Add(assignment.Epoch);
        }

        foreach (LeaseRecord lease in reply.Leases)
        {
            print.Add(lease.LeaseId);
            AddCount(ref print, host.Lease.Lease, lease.LeaseId, lease.RenewalCount);
        }
    }

    private static void AddDriver(ref Fingerprint print, World world, DriverNode driver)
    {
        long now = world.NowOf(driver);
        print.Add(driver.Leases);
        print.Add((driver.StoreLost ? 1 : 0) + (driver.GaveBack ? 2 : 0));
        print.Add(driver.Holder is null ? -1 : (int)driver.Holder.Status);
        print.Add(driver.Holder?.Token.Epoch ?? 0);
        print.Add(driver.Holds ? Age(driver.Holder!.Proof.ProvedAt, now) : 0);
        print.Add(driver.Answer is null ? -1 : Age(driver.Answer.AskedAt, now));
        print.Add(driver.Answer?.Reply.Renewed.Count ?? -1);
        print.Add(driver.Limbo?.GetType().Name);
        print.Add((driver.Limbo as RenewRequest)?.LeaseIds[0] ?? (driver.Limbo as ReassertRequest)?.LeaseId);
    }

    private static void AddFence(ref Fingerprint print, Fence fence)
    {
        print.Add(fence.Epoch);
        print.Add(fence.LeaseId);
        print.Add(fence.Held);
    }

    // Only whether a counter differs from the one that was seen matters.
    private static void AddCount(ref Fingerprint print, LeaseRecord? seen, string leaseId, long count) =>
        print.Add(seen?.LeaseId == leaseId ? Math.Sign(count - seen.RenewalCount) : 5);

    private static long Left(long expiry, long now) => Math.Max(0, expiry - now);

    private static long Age(long since, long now) => Math.Min(Timing.TtlMs, now - since);
}
