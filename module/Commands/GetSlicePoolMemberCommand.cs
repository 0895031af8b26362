using System.Management.Automation;
using Eformer.Pool.Module.Binding;
using Eformer.Pool.Module.Completion;

namespace Eformer.Pool.Module.Commands;

/// <summary>The members of a pool: a handle and what is known, per slice or per host.</summary>
[Cmdlet(VerbsCommon.Get, "SlicePoolMember")]
[OutputType(typeof(ActorPoolMember<SliceInfo>), typeof(ActorPoolMember<HostInfo>))]
public sealed class GetSlicePoolMemberCommand : SlicePoolCmdlet
{
    /// <summary>Pools of this session, or their names.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true)]
    [SlicePoolTransformation]
    [ArgumentCompleter(typeof(PoolNameCompleter))]
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
                WriteObject(MemberObject.Of(slice));
                continue;
            }

            foreach (HostInfo host in slice.ActorInfo.Hosts)
            {
                WriteObject(MemberObject.Of(slice, host));
            }
        }
    }
}
