using System.Reflection;

namespace Eformer.Pool.Module.Tests.Engines;

/// <summary>Where things are.</summary>
internal static class Places
{
    public static string Root { get; } = Metadata("RepositoryRoot");

    public static string Manifest { get; } = Path.Combine(Root, "Eformer.Pool.psd1");

    public static string ModuleFolder { get; } = Path.Combine(Root, "out", "module");

    public static string HostProgram { get; } = Path.Combine(Root, "out", "host", "eformer-host");

    public static string ForeignRedis { get; } = Metadata("ForeignRedis");

    public static string Fixture { get; } = Path.Combine(Root, "out", "build", "bin", "Module.Fixture", "release", "Module.Fixture.dll");

    public static string Inventory { get; } = Path.Combine(Root, "out", "build", "bin", "TypedInventory", "release", "TypedInventory.psd1");

    public static string NuGetPackages { get; } = Metadata("NuGetPackages");

    private static string Metadata(string key) =>
        typeof(Places).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(item => item.Key == key).Value!;
}
