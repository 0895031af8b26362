using System.Diagnostics;
using System.Runtime.Versioning;
using System.Security.Cryptography;
using System.Text;
using Eformer.Pool.Envelopes;
using Eformer.Pool.Payloads;
using Eformer.Pool.RuntimeEnvironments;

namespace Eformer.Pool.Tests.RuntimeEnvironments;

[UnsupportedOSPlatform("windows")]
public sealed class EnvironmentPackerTests : IDisposable
{
    private readonly SourceFolder _source = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _source.Dispose();

    private Task<PackedEnvironment> PackAsync(RuntimeEnvironment environment) => _source.Packer.PackAsync(environment, Token);

    private static async Task<SlicePoolException> RefusedAsync(string id, PoolErrorCategory category, Func<Task> call)
    {
        SlicePoolException error = await Assert.ThrowsAsync<SlicePoolException>(call);
        Assert.Equal((id, category), (error.ErrorId, error.Category));
        Assert.NotNull(error.RecommendedAction);
        return error;
    }

    [Fact]
    public async Task Files_folders_and_modules_have_their_places()
    {
        string tool = _source.Write("a/tool.sh", "echo");
        File.SetUnixFileMode(tool, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        _source.Write("a/data/z.txt");
        _source.Write("a/data/.hidden");
        _source.Write("a/data/inner/x.bin", "");
        Directory.CreateDirectory(_source.PathOf("a/data/empty"));
        _source.Write("m/Night.psd1");
        _source.Write("m/en-US/about.txt");
        EnvironmentManifest manifest = (await PackAsync(new RuntimeEnvironment
        {
            Files = [tool, _source.PathOf("a/data") + "/"],
            Modules = [new ModuleFolder("Night", _source.PathOf("m"), "Night.psd1")],
            Functions = new Dictionary<string, string> { ["Get-Foo"] = "1" },
            InitializationScript = "2",
        })).Manifest;
        Assert.Equal(
            ["files/data/.hidden", "files/data/inner/x.bin", "files/data/z.txt", "files/tool.sh", "modules/Night/Night.psd1", "modules/Night/en-US/about.txt"],
            SourceFolder.Paths(manifest));
        Assert.Equal(["modules/Night/Night.psd1"], manifest.Modules);
        Assert.Equal(("1", "2"), (manifest.Functions["Get-Foo"], manifest.InitializationScript));
        Assert.Equal(["files/tool.sh"], manifest.Files.Where(file => file.Executable).Select(file => file.Path));
        ShippedFile shipped = manifest.Files.Single(file => file.Path == "files/tool.sh");
        Assert.Equal((4L, Convert.ToHexStringLower(SHA256.HashData("echo"u8))), (shipped.Length, shipped.Sha256));
        Assert.Equal(EnvironmentHash.Of(manifest), manifest.Hash);
    }

    [Fact]
    public async Task A_manifest_survives_its_way_in_a_payload()
    {
        EnvironmentManifest manifest = (await _source.PackAsync(_source.Write("a"), _source.Write("b"))).Manifest;
        ScriptPayload payload = new() { Script = "1", ArgumentsXml = null, Environment = new Dictionary<string, string>(), Setup = manifest };
        EnvironmentManifest arrived = WireJson.TryRead<ScriptPayload>(WireJson.Write(payload))!.Setup!;
        Assert.Equal(manifest.Files, arrived.Files);
        Assert.Equal(manifest.Hash, EnvironmentHash.Of(arrived));
    }

    [Fact]
    public async Task The_hash_depends_on_everything_and_on_no_order_of_names()
    {
        RuntimeEnvironment first = new()
        {
            Files = [_source.Write("a"), _source.Write("b", "other")],
            Functions = new Dictionary<string, string> { ["x"] = "1", ["y"] = "2" },
        };
        string hash = (await PackAsync(first)).Manifest.Hash;
        RuntimeEnvironment turned = first with { Files = [.. first.Files.Reverse()], Functions = new Dictionary<string, string> { ["y"] = "2", ["x"] = "1" } };
        Assert.Equal(hash, (await PackAsync(turned)).Manifest.Hash);
        EnvironmentManifest manifest = (await PackAsync(first)).Manifest;
        EnvironmentManifest[] others =
        [
            manifest with { Functions = new Dictionary<string, string> { ["x"] = "12", ["y"] = "" } },
            manifest with { InitializationScript = "" },
            manifest with { Modules = ["files/a"] },
            manifest with { Files = [manifest.Files[0]] },
            manifest with { Files = [manifest.Files[0], manifest.Files[1] with { Executable = true }] },
            manifest with { Files = [manifest.Files[0], manifest.Files[1] with { Path = "files/c" }] },
        ];
        Assert.Equal(others.Length + 1, others.Select(EnvironmentHash.Of).Append(hash).Distinct().Count());
    }

    [Fact]
    public async Task What_is_missing_or_unreadable_is_named_with_its_parameter()
    {
        string nowhere = _source.PathOf("nowhere");
        foreach (string path in (string[])[nowhere, "", "relative", "a\0b", _source.Write("file") + "/below"])
        {
            SlicePoolException error = await RefusedAsync("FileNotFound", PoolErrorCategory.ObjectNotFound, () => _source.PackAsync(path));
            Assert.Contains(path, error.Message, StringComparison.Ordinal);
            Assert.Contains("-File", error.Message, StringComparison.Ordinal);
        }

        _source.Write("m/Night.psm1");
        SlicePoolException lacking = await RefusedAsync(
            "FileNotFound", PoolErrorCategory.ObjectNotFound, () => PackAsync(new RuntimeEnvironment { Modules = [new("Night", _source.PathOf("m"), "Night.psd1")] }));
        Assert.Contains("Night.psd1", lacking.Message, StringComparison.Ordinal);
        Assert.Contains("-Module", lacking.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_this_user_may_not_read_is_named()
    {
        Assert.SkipWhen(Environment.IsPrivilegedProcess, "Root may read everything.");
        string file = _source.Write("secret");
        File.SetUnixFileMode(file, UnixFileMode.None);
        SlicePoolException error = await RefusedAsync("FileUnreadable", PoolErrorCategory.InvalidArgument, () => _source.PackAsync(file));
        Assert.Contains(file, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pipes_and_devices_are_refused_without_waiting_for_them()
    {
        string folder = Path.GetDirectoryName(_source.Write("a/file"))!;
        using (Process make = Process.Start("mkfifo", [Path.Combine(folder, "pipe")]))
        {
            await make.WaitForExitAsync(Token);
        }

        foreach (string path in (string[])[folder, Path.Combine(folder, "pipe"), "/dev/zero"])
        {
            await RefusedAsync("FileUnreadable", PoolErrorCategory.InvalidArgument, () => _source.PackAsync(path));
        }
    }

    [Fact]
    public async Task Links_that_stay_inside_are_followed()
    {
        _source.Write("a/real/x");
        _source.Link("a/again", "real");
        _source.Link("a/real/y", "../real/x");
        string outside = _source.Link("named", "a/real");
        Assert.Equal(["files/a/again/x", "files/a/again/y", "files/a/real/x", "files/a/real/y"], await _source.PathsAsync(_source.PathOf("a")));
        // The one that is named itself may lead anywhere, and keeps its name.
        Assert.Equal(["files/named/x", "files/named/y"], await _source.PathsAsync(outside));
    }

    [Fact]
    public async Task Links_that_leave_the_folder_or_lead_in_a_circle_are_refused()
    {
        _source.Write("outside/secret");
        _source.Write("ab/secret");
        (string Link, string Target)[] links =
        [
            ("b/link", "../outside/secret"), ("c/link", _source.PathOf("outside")), ("d/inner/link", "../../outside"), ("e/link", "link"), ("f/link", "."),
            ("g/inner/link", "../../g"), ("a/link", "../ab/secret"),
        ];
        foreach ((string link, string target) in links)
        {
            string path = _source.Link(link, target);
            SlicePoolException error = await RefusedAsync(
                "FileUnreadable", PoolErrorCategory.InvalidArgument, () => _source.PackAsync(_source.PathOf(link[..1])));
            Assert.Contains(path, error.Message, StringComparison.Ordinal);
        }

        _source.Link("h/dangling", "nowhere");
        await RefusedAsync("FileNotFound", PoolErrorCategory.ObjectNotFound, () => _source.PackAsync(_source.PathOf("h")));

        // By way of a link that is inside.
        _source.Write("i/inner/x");
        _source.Link("i/a", "inner/b/../..");
        _source.Link("i/inner/b", "../../outside");
        await RefusedAsync("FileUnreadable", PoolErrorCategory.InvalidArgument, () => _source.PackAsync(_source.PathOf("i")));
    }

    [Fact]
    public async Task Two_things_of_one_name_clash_and_one_thing_named_twice_does_not()
    {
        string first = _source.Write("a/x"), second = _source.Write("b/x");
        SlicePoolException error = await RefusedAsync("FileNameClash", PoolErrorCategory.InvalidArgument, () => _source.PackAsync(first, second));
        Assert.Contains(first, error.Message, StringComparison.Ordinal);
        Assert.Contains(second, error.Message, StringComparison.Ordinal);
        Assert.Equal(["files/x"], await _source.PathsAsync(first, first, _source.PathOf("a/../a/x")));
        ModuleFolder[] modules = [new("M", _source.PathOf("a"), "x"), new("M", _source.PathOf("b"), "x")];
        await RefusedAsync("FileNameClash", PoolErrorCategory.InvalidArgument, () => PackAsync(new RuntimeEnvironment { Modules = modules }));
    }

    [Theory]
    [InlineData("back\\slash"), InlineData("new\nline")]
    public async Task Names_that_hosts_would_refuse_are_refused_here(string name) =>
        await RefusedAsync("FileUnreadable", PoolErrorCategory.InvalidArgument, () => _source.PackAsync(_source.Write(name)));

    [Fact]
    public async Task What_is_too_much_is_refused_before_it_is_read()
    {
        string big = _source.Write("big");
        using (FileStream stream = File.OpenWrite(big))
        {
            stream.SetLength((1024L * 1024 * 1024) + 1);
        }

        await RefusedAsync("PayloadTooLarge", PoolErrorCategory.LimitsExceeded, () => _source.PackAsync(big));
        EnvironmentPacker packer = new(_source.Hashes, new EnvironmentLimits(20, 4));
        foreach (string[] names in (string[][])[["a/1", "a/2", "a/3"], ["b/1/1/1/1/1"]])
        {
            foreach (string name in names)
            {
                _source.Write(name, "1234567");
            }

            await RefusedAsync(
                "PayloadTooLarge", PoolErrorCategory.LimitsExceeded, () => packer.PackAsync(new RuntimeEnvironment { Files = [_source.PathOf(names[0][..1])] }, Token));
        }
    }

    [Fact]
    public async Task A_file_is_read_again_only_when_it_has_changed()
    {
        string path = _source.Write("a", "one");
        DateTime written = File.GetLastWriteTimeUtc(path);
        string first = (await _source.PackAsync(path)).Manifest.Files[0].Sha256;
        await File.WriteAllTextAsync(path, "two", Token);
        File.SetLastWriteTimeUtc(path, written);
        Assert.Equal(first, (await _source.PackAsync(path)).Manifest.Files[0].Sha256);
        File.SetLastWriteTimeUtc(path, written.AddSeconds(1));
        Assert.NotEqual(first, (await _source.PackAsync(path)).Manifest.Files[0].Sha256);
    }

    [Fact]
    public async Task A_file_written_just_now_is_not_believed_to_stay()
    {
        string path = _source.Write("a", "one");
        EnvironmentPacker packer = new(new FileHashes(TimeProvider.System), EnvironmentLimits.Default);
        DateTime later = TimeProvider.System.GetUtcNow().UtcDateTime.AddMinutes(1);
        File.SetLastWriteTimeUtc(path, later);
        RuntimeEnvironment environment = new() { Files = [path] };
        string first = (await packer.PackAsync(environment, Token)).Manifest.Hash;
        await File.WriteAllTextAsync(path, "two", Token);
        File.SetLastWriteTimeUtc(path, later);
        Assert.NotEqual(first, (await packer.PackAsync(environment, Token)).Manifest.Hash);
    }

    [Theory]
    [InlineData("files/a", true), InlineData("files/a/b", true), InlineData("modules/m/a", true), InlineData("files/..a", true), InlineData("files/a b", true)]
    [InlineData("", false), InlineData("files", false), InlineData("files/", false), InlineData("modules/m", false), InlineData("other/a", false)]
    [InlineData("/files/a", false), InlineData("files//a", false), InlineData("files/../a", false), InlineData("files/./a", false), InlineData("files/a/..", false)]
    [InlineData("files/a\\b", false), InlineData("files\\a", false), InlineData("files/a\0", false), InlineData("C:/a", false), InlineData("Files/a", false)]
    public void Safe_paths_stay_below_their_folder(string path, bool safe) => Assert.Equal(safe, ShippedPath.IsSafe(path));

    [Fact]
    public void Names_as_long_as_file_systems_take_are_safe_and_longer_ones_not()
    {
        Assert.True(ShippedPath.IsSafe("files/" + new string('x', 255)));
        Assert.False(ShippedPath.IsSafe("files/" + new string('x', 256)));
        Assert.False(ShippedPath.IsSafe("files/" + new StringBuilder().Insert(0, "x/", 2100) + "x"));
        Assert.False(ShippedPath.IsSafe(null));
    }
}
