using System.Runtime.Versioning;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using CsCheck;
using Eformer.Pool.Envelopes;
using Eformer.Pool.Tests.Support;

namespace Eformer.Pool.Tests.Envelopes;

/// <summary>Key files: only the owner reads them, only whole ones of the right fleet are used, and none is overwritten.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class FleetKeysTests : IDisposable
{
    private const string Fleet = "default";
    private readonly TemporaryFolder _folder = new();
    private readonly string _path;

    public FleetKeysTests()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Files have no modes there.");
        _path = _folder.PathOf("keys.json");
        FleetKeys.Create(Fleet).Save(_path);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_one_process_signs_another_verifies()
    {
        FleetKeys here = FleetKeys.Load(_path, Fleet);
        FleetKeys there = FleetKeys.Load(_path, Fleet);
        using EnvelopeSigner commands = here.CommandSigner();
        using EnvelopeVerifier agent = there.CommandVerifier();
        using EnvelopeSigner results = there.ResultSigner();
        using EnvelopeVerifier driver = here.ResultVerifier();
        Assert.Equal(RejectReason.None, agent.Verify(commands.Sign(EnvelopeType.Run, new byte[3]), EnvelopeType.Run, out _));
        Assert.Equal(RejectReason.None, driver.Verify(results.Sign(EnvelopeType.Result, new byte[3]), EnvelopeType.Result, out _));
        Assert.Equal(RejectReason.UnknownKey, driver.Verify(commands.Sign(EnvelopeType.Result, new byte[3]), EnvelopeType.Result, out _));
        Assert.Equal(Fleet, here.Fleet);
    }

    [Fact]
    public void A_new_file_is_the_owners_alone()
    {
        string path = _folder.PathOf("new/folder/keys.json");
        FleetKeys.Create(Fleet).Save(path);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.GetDirectoryName(path)!));
    }

    [Theory]
    [InlineData("0640"), InlineData("0604"), InlineData("0620"), InlineData("0602"), InlineData("0601"), InlineData("0777")]
    public void A_file_that_others_may_use_is_refused(string mode)
    {
        File.SetUnixFileMode(_path, (UnixFileMode)Convert.ToInt32(mode, 8));
        Refuses("KeysExposed", _path, Fleet);
    }

    [Fact]
    public void A_missing_file_is_named_with_what_to_do()
    {
        SlicePoolException error = Refuses("KeysNotFound", _folder.PathOf("none.json"), Fleet);
        Assert.Contains("keys new --fleet default", error.RecommendedAction, StringComparison.Ordinal);
        Refuses("KeysNotFound", Path.GetDirectoryName(_path)!, Fleet);
    }

    [Fact]
    public void Keys_of_another_fleet_are_refused() => Refuses("KeysInvalid", _path, "other");

    [Fact]
    public void A_file_is_never_overwritten()
    {
        byte[] before = File.ReadAllBytes(_path);
        Assert.Equal("KeysExist", Assert.Throws<SlicePoolException>(() => FleetKeys.Create(Fleet).Save(_path)).ErrorId);
        Assert.Equal(before, File.ReadAllBytes(_path));
    }

    [Fact]
    public void A_damaged_file_is_refused()
    {
        byte[] whole = File.ReadAllBytes(_path);
        byte[][] damaged =
        [
            [], [0], "null"u8.ToArray(), "{}"u8.ToArray(), whole[..^1], whole[..(whole.Length / 2)], [.. whole, (byte)'x'],
            [.. Encoding.UTF8.Preamble, .. whole], [.. whole, .. whole],
        ];
        Assert.All(damaged, bytes => RefusesContent(bytes));
    }

    [Theory]
    [InlineData("version", "2"), InlineData("version", "0"), InlineData("version", "\"1\""), InlineData("fleet", "null")]
    [InlineData("driverPrivate", "null"), InlineData("driverPrivate", "\"\""), InlineData("driverPrivate", "\"AAAA\""), InlineData("driverPrivate", "\"not base64!\"")]
    [InlineData("hostPublic", "\"AAAA\""), InlineData("hostPublic", "[]"), InlineData("extra", "1")]
    public void A_member_that_is_no_good_is_refused(string member, string value)
    {
        JsonObject file = Read();
        file[member] = JsonNode.Parse(value);
        RefusesContent(Encoding.UTF8.GetBytes(file.ToJsonString()));
    }

    [Theory]
    [InlineData("driverPrivate", "hostPrivate"), InlineData("driverPublic", "hostPublic")]
    public void Halves_that_do_not_belong_together_are_refused(string one, string other)
    {
        JsonObject file = Read();
        (file[one], file[other]) = (file[other]!.DeepClone(), file[one]!.DeepClone());
        RefusesContent(Encoding.UTF8.GetBytes(file.ToJsonString()));
    }

    [Fact]
    public void Keys_of_another_curve_or_kind_are_refused()
    {
        using ECDsa curve = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        using RSA rsa = RSA.Create(2048);
        foreach ((byte[] secret, byte[] open) in new[]
        {
            (curve.ExportPkcs8PrivateKey(), curve.ExportSubjectPublicKeyInfo()),
            (rsa.ExportPkcs8PrivateKey(), rsa.ExportSubjectPublicKeyInfo()),
        })
        {
            JsonObject file = Read();
            file["driverPrivate"] = Convert.ToBase64String(secret);
            file["driverPublic"] = Convert.ToBase64String(open);
            RefusesContent(Encoding.UTF8.GetBytes(file.ToJsonString()));
        }
    }

    [Fact]
    public void One_byte_changed_never_gives_other_keys_and_never_another_error()
    {
        byte[] whole = File.ReadAllBytes(_path);
        using EnvelopeVerifier original = FleetKeys.Load(_path, Fleet).CommandVerifier();
        Gen.Select(Gen.Int[0, whole.Length - 1], Gen.Byte).Sample(
            (at, value) =>
            {
                byte[] changed = [.. whole];
                changed[at] = value;
                string path = _folder.PathOf(Guid.NewGuid().ToString("N"));
                Write(path, changed);
                try
                {
                    // Some bytes mean nothing, such as the version in PKCS#8: then it is the same key still.
                    using EnvelopeSigner signer = FleetKeys.Load(path, Fleet).CommandSigner();
                    Assert.Equal(RejectReason.None, original.Verify(signer.Sign(EnvelopeType.Run, new byte[3]), EnvelopeType.Run, out _));
                }
                catch (SlicePoolException error)
                {
                    Assert.Equal("KeysInvalid", error.ErrorId);
                }
            },
            iter: 300);
    }

    private static SlicePoolException Refuses(string errorId, string path, string fleet)
    {
        SlicePoolException error = Assert.Throws<SlicePoolException>(() => FleetKeys.Load(path, fleet));
        Assert.Equal(errorId, error.ErrorId);
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
        return error;
    }

    private void RefusesContent(byte[] bytes)
    {
        string path = _folder.PathOf("damaged.json");
        Write(path, bytes);
        SlicePoolException error = Refuses("KeysInvalid", path, Fleet);
        Assert.DoesNotContain((string)Read()["driverPrivate"]!, error.ToString(), StringComparison.Ordinal);
    }

    private JsonObject Read() => JsonNode.Parse(File.ReadAllBytes(_path))!.AsObject();

    private static void Write(string path, byte[] bytes)
    {
        File.WriteAllBytes(path, bytes);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }
}
