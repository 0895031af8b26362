using System.Reflection;
using System.Runtime.Loader;
using Acme.Functions;
using Eformer.Pool.Functions;
using Eformer.Pool.RuntimeEnvironments;
using Eformer.Pool.Tests.Support;

namespace Eformer.Pool.Tests.Functions;

public sealed class AssemblyClosureTests : IDisposable
{
    private static readonly string s_next = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../FunctionsNext/release/Acme.Functions.dll"));
    private readonly TemporaryFolder _folder = new();
    private readonly AssemblyLoadContext _first = new("first", isCollectible: true);
    private readonly AssemblyLoadContext _second = new("second", isCollectible: true);

    public void Dispose()
    {
        _first.Unload();
        _second.Unload();
        _folder.Dispose();
    }

    [Fact]
    public void An_assembly_comes_with_what_it_refers_to_and_not_with_what_is_shared()
    {
        IReadOnlyList<string> files = AssemblyClosure.Of(typeof(Remote).Assembly);
        Assert.Equal(["Acme.Functions.dll", "Acme.Private.dll"], files.Select(Path.GetFileName));
        Assert.All(files, file => Assert.True(File.Exists(file)));
    }

    [Fact]
    public void What_does_not_lie_beside_it_is_not_sent()
    {
        Assembly alone = Load(_first, typeof(Remote).Assembly.Location);
        Assert.Equal([_folder.PathOf("Acme.Functions.dll")], AssemblyClosure.Of(alone));
    }

    [Fact]
    public void A_file_that_was_built_anew_since_it_was_loaded_is_refused()
    {
        Assembly old = Load(_first, typeof(Remote).Assembly.Location);
        Assert.NotEmpty(AssemblyClosure.Of(old));
        File.Delete(old.Location);
        File.Copy(s_next, old.Location);
        SlicePoolException error = Assert.Throws<SlicePoolException>(() => AssemblyClosure.Of(old));
        Assert.Equal(("AssemblyNotShippable", "Acme.Functions"), (error.ErrorId, error.Target));
        Assert.Contains("built anew", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void One_without_a_file_is_refused()
    {
        using MemoryStream bytes = new(File.ReadAllBytes(s_next));
        Assert.Equal("AssemblyNotShippable", Assert.Throws<SlicePoolException>(() => AssemblyClosure.Of(_first.LoadFromStream(bytes))).ErrorId);
        Assembly gone = Load(_second, s_next);
        File.Delete(gone.Location);
        Assert.Equal("AssemblyNotShippable", Assert.Throws<SlicePoolException>(() => AssemblyClosure.Of(gone)).ErrorId);
    }

    [Fact]
    public async Task Another_build_is_another_environment_and_the_same_one_is_not()
    {
        CancellationToken token = TestContext.Current.CancellationToken;
        PackedEnvironment[] packed = new PackedEnvironment[3];
        string[] builds = [typeof(Remote).Assembly.Location, s_next, typeof(Remote).Assembly.Location];
        for (int i = 0; i < builds.Length; i++)
        {
            RuntimeEnvironment environment = new() { Assemblies = [new AssemblyFiles("Acme.Functions", [builds[i]])] };
            packed[i] = await EnvironmentPacker.Shared.PackAsync(environment, token);
        }

        Assert.Equal("modules/Acme.Functions/Acme.Functions.dll", Assert.Single(packed[0].Manifest.Files).Path);
        Assert.Empty(packed[0].Manifest.Modules);
        Assert.Equal(packed[0].Manifest.Hash, packed[2].Manifest.Hash);
        Assert.NotEqual(packed[0].Manifest.Hash, packed[1].Manifest.Hash);
    }

    private Assembly Load(AssemblyLoadContext context, string build)
    {
        string path = _folder.PathOf("Acme.Functions.dll");
        File.Copy(build, path);
        return context.LoadFromAssemblyPath(path);
    }
}
