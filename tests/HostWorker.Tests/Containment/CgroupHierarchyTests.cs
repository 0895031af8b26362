using Eformer.Pool.HostWorker.Runners.Containment;

namespace Eformer.Pool.HostWorker.Tests.Containment;

public sealed class CgroupHierarchyTests
{
    private const string Usual = "30 23 0:26 / /sys/fs/cgroup rw,nosuid shared:4 - cgroup2 cgroup2 rw,nsdelegate\n";
    private const string Hybrid =
        "31 30 0:27 / /sys/fs/cgroup/memory rw shared:5 - cgroup cgroup rw,memory\n32 30 0:28 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw\n";

    [Theory]
    [InlineData(Usual, "0::/system.slice/a.service\n", "/sys/fs/cgroup", "/sys/fs/cgroup/system.slice/a.service")]
    [InlineData(Usual, "0::/\n", "/sys/fs/cgroup", "/sys/fs/cgroup")]
    [InlineData(Hybrid, "4:memory:/m\n0::/x\n", "/sys/fs/cgroup/unified", "/sys/fs/cgroup/unified/x")]
    [InlineData("30 23 0:26 /box /cg rw - cgroup2 none rw\n", "0::/box/x\n", "/cg", "/cg/x")]
    [InlineData("30 23 0:26 /box /cg rw - cgroup2 none rw\n", "0::/box\n", "/cg", "/cg")]
    [InlineData("30 23 0:26 / /odd\\040place rw - cgroup2 none rw\n", "0::/x\n", "/odd place", "/odd place/x")]
    public void The_own_cgroup_is_found_in_what_is_mounted(string mounts, string membership, string mount, string own) =>
        Assert.Equal(new CgroupHierarchy(mount, own), CgroupHierarchy.Parse(mounts, membership));

    [Theory]
    [InlineData("", "0::/x\n")]
    [InlineData(Usual, "4:memory:/m\n")]
    [InlineData(Usual, "0::/../other\n")]
    [InlineData("30 23 0:26 /box /cg rw - cgroup2 none rw\n", "0::/boxes/x\n")]
    [InlineData("30 23 0:26 / /cg rw - cgroup none rw\n", "0::/x\n")]
    [InlineData("no line - cgroup2", "0::/x\n")]
    public void Where_there_is_none_none_is_found(string mounts, string membership) =>
        Assert.Null(CgroupHierarchy.Parse(mounts, membership));
}
