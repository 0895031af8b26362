using System.Management.Automation;
using Eformer.Pool.Module.Binding;

namespace Eformer.Pool.Module.Commands;

/// <summary>The members of a pool: a handle and what is known, per slice or per host.</summary>
[Cmdlet(VerbsCommon.Get, "SlicePoolMember")]
[OutputType(typeof(ActorPoolMember<SliceInfo>), typeof(ActorPoolMember<HostInfo>))]
public sealed class GetSlicePoolMemberCommand : SlicePoolCmdlet
{
    /// <summary>Pools of this session, or their names.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true)]
    [SlicePoolTransformation]
    public SlicePool[] Pool { get; set; } = [];

    /// <summary>Whether slices or hosts are wanted.</summary>
    [Parameter]
    public MemberLevel Level { get; set; } = MemberLevel.Slice;

    /// <inheritdoc/>
    protected override void Process()
    {
        foreach (SlicePool pool in Pool)
        {
            ForEach(pool, () => WriteMembers(pool.GetManager().GetAllPoolMembers()));
        }
    }

    private void WriteMembers(IReadOnlyList<ActorPoolMember<SliceInfo>> slices)
    {
        foreach (ActorPoolMember<SliceInfo> slice in slices)
        {
            if (Level == MemberLevel.Slice)
            {
                WriteObject(Named(slice, "Eformer.Pool.SliceMember"));
                continue;
            }

            foreach (HostInfo host in slice.ActorInfo.Hosts)
            {
                WriteObject(Named(HostMember(slice.Actor, host), "Eformer.Pool.HostMember"));
            }
        }
    }

    private static ActorPoolMember<HostInfo> HostMember(ActorHandle slice, HostInfo host) =>
        new(slice with { Name = $"{slice.Name}/{host.HostId}" }, host);

    // Views cannot name a generic type without its assembly's version, so members get a name of their own.
    private static PSObject Named(object member, string typeName)
    {
        PSObject wrapped = PSObject.AsPSObject(member);
        if (wrapped.TypeNames[0] != typeName)
        {
            wrapped.TypeNames.Insert(0, typeName);
        }

        return wrapped;
    }
}
