using Eformer.Pool.Envelopes;
using Eformer.Pool.Store;

namespace Eformer.Pool.Runs;

/// <summary>Opens manifests: verified first, then parsed, then checked to be about the run that was asked for.</summary>
internal static class RunManifestReader
{
    /// <summary>The manifest of a run.</summary>
    /// <exception cref="SlicePoolException"><c>RunUnreadable</c>: it is not signed with this fleet's keys, or of no form that is known here.</exception>
    public static RunManifest Read(RunStanding standing, EnvelopeVerifier drivers, string fleet, string runId) =>
        TryRead(standing.Manifest, drivers) is { } manifest && manifest.Fleet == fleet && manifest.RunId == runId
            ? manifest
            : throw new SlicePoolException(
                "RunUnreadable",
                PoolErrorCategory.SecurityError,
                $"What the store says of run '{runId}' is not signed with the keys of fleet '{fleet}'.",
                "Use the key file of the driver that started it; if that is this one, somebody has changed the store.",
                runId);

    private static RunManifest? TryRead(ReadOnlyMemory<byte> signed, EnvelopeVerifier drivers) =>
        drivers.Verify(signed, EnvelopeType.Manifest, out ReadOnlyMemory<byte> body) == RejectReason.None
            ? WireJson.TryRead<RunManifest>(body.Span)
            : null;
}
