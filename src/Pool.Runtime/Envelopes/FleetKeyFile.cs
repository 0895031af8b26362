namespace Eformer.Pool.Envelopes;

/// <summary>A key file as it is written.</summary>
/// <param name="Version">Version of the form; 1.</param>
/// <param name="Fleet">The fleet the keys are for.</param>
/// <param name="DriverPrivate">Key that signs commands, PKCS#8.</param>
/// <param name="DriverPublic">Its public half, SubjectPublicKeyInfo.</param>
/// <param name="HostPrivate">Key that signs results, PKCS#8.</param>
/// <param name="HostPublic">Its public half, SubjectPublicKeyInfo.</param>
internal sealed record FleetKeyFile(
    int Version, string Fleet, byte[] DriverPrivate, byte[] DriverPublic, byte[] HostPrivate, byte[] HostPublic);
