using Eformer.Pool.Payloads;

namespace Eformer.Pool.RuntimeEnvironments;

/// <summary>A runtime environment that is ready to be shipped.</summary>
/// <param name="Manifest">What hosts are told.</param>
/// <param name="Sources">Where each of the manifest's files comes from, in the same order.</param>
internal sealed record PackedEnvironment(EnvironmentManifest Manifest, IReadOnlyList<SourceFile> Sources);
