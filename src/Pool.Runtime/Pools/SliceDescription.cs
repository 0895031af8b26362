using Eformer.Pool.Store;

namespace Eformer.Pool.Pools;

/// <summary>Turns a held slice into what users see of it. Pure.</summary>
internal static class SliceDescription
{
    public static ActorPoolMember<SliceInfo> Member(string pool, HeldSlice slice, bool healthy)
    {
        HostRecord first = slice.Hosts[0];

        // Arrays, because PowerShell cannot index the lists that the compiler makes for itself.
        string[] nodes = [.. slice.Hosts.Select(host => host.Registration.Node)];
        HostInfo[] hosts = [.. slice.Hosts.Select((host, id) => Host(slice, host, id, healthy))];
        SliceInfo info = new(
            slice.Grant.SliceName,
            slice.Hosts.Count,
            first.Registration.Address,
            first.Registration.Devices,
            nodes,
            hosts);
        return new ActorPoolMember<SliceInfo>(new ActorHandle($"{pool}/{slice.Grant.SliceName}", slice.Token.LeaseId, slice.Token.Epoch), info);
    }

    private static HostInfo Host(HeldSlice slice, HostRecord host, int id, bool healthy) =>
        new(id, slice.Grant.SliceName, host.Registration.Devices, healthy, slice.IsLost, host.Registration.Node);
}
