using Eformer.Pool.HostWorker.Agent;
using Eformer.Pool.HostWorker.Discovery;
using Eformer.Pool.Topology;

namespace Eformer.Pool.HostWorker.Tests.Discovery;

public sealed class MachineProbeTests : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("ef-");

    public void Dispose() => _root.Delete(recursive: true);

    [Fact]
    public void A_machine_without_anything_has_nothing()
    {
        MachineFacts facts = MachineProbe.Read(_root.FullName);
        Assert.Equal((0, 0, ""), (facts.TpuDevices, facts.NvidiaDevices, facts.ProductName));
        Assert.True(PoolName.IsValid(facts.Name));
    }

    [Fact]
    public void Chips_of_the_older_kind_are_counted_and_the_folder_of_another_subsystem_is_not()
    {
        Make("dev/accel0", "dev/accel1", "dev/accel/accel0", "dev/acceleration");
        Assert.Equal(2, MachineProbe.Read(_root.FullName).TpuDevices);
    }

    [Fact]
    public void Chips_of_the_newer_kind_count_where_a_device_of_Googles_is_on_the_bus()
    {
        Make("dev/vfio/0", "dev/vfio/1", "dev/vfio/12", "dev/vfio/vfio");
        Write("sys/bus/pci/devices/0000:00:04.0/vendor", "0x10de\n");
        Assert.Equal(0, MachineProbe.Read(_root.FullName).TpuDevices);
        Write("sys/bus/pci/devices/0000:00:05.0/vendor", "0x1ae0\n");
        Assert.Equal(3, MachineProbe.Read(_root.FullName).TpuDevices);
    }

    [Fact]
    public void GPUs_and_the_firmwares_name_are_seen()
    {
        Make("dev/nvidia0", "dev/nvidia1", "dev/nvidiactl", "dev/nvidia-uvm");
        Write("sys/class/dmi/id/product_name", "Google Compute Engine\n");
        MachineFacts facts = MachineProbe.Read(_root.FullName);
        Assert.Equal((2, "Google Compute Engine"), (facts.NvidiaDevices, facts.ProductName));
    }

    [Fact]
    public void The_machines_identity_is_its_fleets_own_and_not_its_folders()
    {
        string id = MachineIdentity.MachineOf("night");
        Assert.Matches("^[0-9a-f]{16}$", id);
        Assert.Equal(id, MachineIdentity.MachineOf("night"));
        Assert.NotEqual(id, MachineIdentity.MachineOf("day"));
        Assert.NotEqual(MachineIdentity.AgentId("night", "/a"), MachineIdentity.AgentId("night", "/b"));
    }

    private void Make(params string[] files) => Array.ForEach(files, file => Write(file, ""));

    private void Write(string file, string text)
    {
        string path = Path.Combine(_root.FullName, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
