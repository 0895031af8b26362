using System.Security.Cryptography;
using Eformer.Pool.Files;

namespace Eformer.Pool.Envelopes;

/// <summary>The keys of a fleet: one pair signs commands, the other results.</summary>
public sealed class FleetKeys
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private readonly FleetKeyFile _file;

    private FleetKeys(FleetKeyFile file) => _file = file;

    /// <summary>The fleet they are for.</summary>
    public string Fleet => _file.Fleet;

    /// <summary>Makes new keys.</summary>
    public static FleetKeys Create(string fleet)
    {
        using ECDsa driver = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using ECDsa host = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return new FleetKeys(new FleetKeyFile(
            1,
            fleet,
            driver.ExportPkcs8PrivateKey(),
            driver.ExportSubjectPublicKeyInfo(),
            host.ExportPkcs8PrivateKey(),
            host.ExportSubjectPublicKeyInfo()));
    }

    /// <summary>Reads keys from a file that only its owner can read.</summary>
    /// <exception cref="SlicePoolException"><c>KeysNotFound</c>, <c>KeysExposed</c>, <c>KeysInvalid</c>.</exception>
    public static FleetKeys Load(string path, string fleet)
    {
        if (!File.Exists(path))
        {
            throw new SlicePoolException(
                "KeysNotFound",
                PoolErrorCategory.ObjectNotFound,
                $"There is no key file for fleet '{fleet}' at '{path}'.",
                $"Make one with 'eformer-host keys new --fleet {fleet}' and copy it to every host and driver of the fleet.",
                path);
        }

        CheckMode(path);
        FleetKeyFile? file = WireJson.TryRead<FleetKeyFile>(File.ReadAllBytes(path));
        return file is { Version: 1 } && file.Fleet == fleet && AreKeys(file)
            ? new FleetKeys(file)
            : throw Invalid(path, fleet);
    }

    /// <summary>Writes a new file that only its owner can read.</summary>
    /// <exception cref="SlicePoolException"><c>KeysExist</c>: there is a file already; it is left as it is.</exception>
    public void Save(string path)
    {
        PrivateFolder.Create(Path.GetDirectoryName(Path.GetFullPath(path))!);
        FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        using FileStream stream = Open(path, options);
        try
        {
            stream.Write(WireJson.Write(_file));
        }
        catch (IOException)
        {
            // The disk is full: half a file would be in the way of the whole one.
            File.Delete(path);
            throw;
        }
    }

    private static FileStream Open(string path, FileStreamOptions options)
    {
        try
        {
            return new FileStream(path, options);
        }
        catch (IOException exception) when (File.Exists(path))
        {
            throw new SlicePoolException(
                "KeysExist",
                PoolErrorCategory.ResourceExists,
                $"There is a key file at '{path}' already.",
                "Remove it first if the fleet is to get new keys; every host and driver needs the new file then.",
                path,
                exception);
        }
    }

    /// <summary>Signs commands.</summary>
    public EnvelopeSigner CommandSigner() => new(_file.DriverPrivate);

    /// <summary>Verifies commands.</summary>
    public EnvelopeVerifier CommandVerifier() => new(_file.DriverPublic);

    /// <summary>Signs results.</summary>
    public EnvelopeSigner ResultSigner() => new(_file.HostPrivate);

    /// <summary>Verifies results.</summary>
    public EnvelopeVerifier ResultVerifier() => new(_file.HostPublic);

    private static void CheckMode(string path)
    {
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & ~OwnerOnly) != 0)
        {
            throw new SlicePoolException(
                "KeysExposed",
                PoolErrorCategory.SecurityError,
                $"Others can read the key file '{path}'.",
                $"Run 'chmod 600 {path}'; if others may have read it, make new keys.",
                path);
        }
    }

    private static bool AreKeys(FleetKeyFile file)
    {
        try
        {
            using EnvelopeSigner driver = new(file.DriverPrivate);
            using EnvelopeSigner host = new(file.HostPrivate);
            using EnvelopeVerifier driverPublic = new(file.DriverPublic);
            using EnvelopeVerifier hostPublic = new(file.HostPublic);
            return driverPublic.Verify(driver.Sign(EnvelopeType.Run, new byte[1]), EnvelopeType.Run, out _) == RejectReason.None
                && hostPublic.Verify(host.Sign(EnvelopeType.Result, new byte[1]), EnvelopeType.Result, out _) == RejectReason.None;
        }
        catch (CryptographicException)
        {
            // Said by the caller: the file holds no usable keys.
            return false;
        }
    }

    private static SlicePoolException Invalid(string path, string fleet) => new(
        "KeysInvalid",
        PoolErrorCategory.InvalidData,
        $"'{path}' is not a key file of fleet '{fleet}'.",
        "Copy the file again from the machine where 'eformer-host keys new' was run.",
        path);
}
