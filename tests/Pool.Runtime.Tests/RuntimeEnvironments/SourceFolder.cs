using Eformer.Pool.Payloads;
using Eformer.Pool.RuntimeEnvironments;
using Microsoft.Extensions.Time.Testing;

namespace Eformer.Pool.Tests.RuntimeEnvironments;

/// <summary>A driver's files for one test, and a packer that knows no hashes yet.</summary>
internal sealed class SourceFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("eformer-test-");

    public SourceFolder()
    {
        // Files of now have settled by this clock.
        Clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow() + TimeSpan.FromMinutes(1));
        Hashes = new FileHashes(Clock);
        Packer = new EnvironmentPacker(Hashes, EnvironmentLimits.Default);
    }

    public FakeTimeProvider Clock { get; }

    public FileHashes Hashes { get; }

    public EnvironmentPacker Packer { get; }

    public string Root => _folder.FullName;

    public string PathOf(string name) => Path.Combine(_folder.FullName, name);

    /// <summary>Writes a file, and the folders above it.</summary>
    public string Write(string name, string content = "content")
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(name))!);
        File.WriteAllText(PathOf(name), content);
        return PathOf(name);
    }

    public string Link(string name, string target)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(name))!);
        File.CreateSymbolicLink(PathOf(name), target);
        return PathOf(name);
    }

    public Task<PackedEnvironment> PackAsync(params string[] files) =>
        Packer.PackAsync(new RuntimeEnvironment { Files = files }, TestContext.Current.CancellationToken);

    public async Task<string[]> PathsAsync(params string[] files) => Paths((await PackAsync(files)).Manifest);

    public static string[] Paths(EnvironmentManifest manifest) => [.. manifest.Files.Select(file => file.Path)];

    public void Dispose() => _folder.Delete(recursive: true);
}
