using System.Management.Automation;

namespace Eformer.Pool.Module.Commands;

/// <summary>Members as PowerShell objects.</summary>
/// <remarks>
/// Views cannot name a generic type without its assembly's version, so members get type names of their own. What is most
/// often filtered by is on the object itself, as notes: script properties would fail wherever there is no runspace.
/// </remarks>
internal static class MemberObject
{
    /// <summary>A slice.</summary>
    public static PSObject Of(ActorPoolMember<SliceInfo> slice) => Make(
        slice,
        "Eformer.Pool.SliceMember",
        ("SliceName", slice.ActorInfo.SliceName),
        ("HostCount", slice.ActorInfo.HostCount),
        ("Healthy", slice.ActorInfo.Hosts.All(host => host.Healthy)));

    /// <summary>A host of a slice; its handle is the slice's lease.</summary>
    public static PSObject Of(ActorPoolMember<SliceInfo> slice, HostInfo host) => Make(
        new ActorPoolMember<HostInfo>(slice.Actor with { Name = $"{slice.Actor.Name}/{host.HostId}" }, host),
        "Eformer.Pool.HostMember",
        ("SliceName", host.SliceName),
        ("HostId", host.HostId),
        ("Node", host.NodeId),
        ("Healthy", host.Healthy));

    private static PSObject Make(object member, string typeName, params (string Name, object Value)[] notes)
    {
        PSObject wrapped = PSObject.AsPSObject(member);
        wrapped.TypeNames.Insert(0, typeName);
        foreach ((string name, object value) in notes)
        {
            wrapped.Properties.Add(new PSNoteProperty(name, value));
        }

        return wrapped;
    }
}
