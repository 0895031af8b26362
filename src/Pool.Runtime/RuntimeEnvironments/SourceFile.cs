namespace Eformer.Pool.RuntimeEnvironments;

/// <summary>A file of the driver's machine that is to be shipped.</summary>
/// <param name="Stamp">Where it is, and as what it was found.</param>
/// <param name="Path">Where it goes, as in <see cref="Payloads.ShippedFile"/>.</param>
/// <param name="Executable">Whether its owner may execute it.</param>
/// <param name="Parameter">The parameter that named it or its folder: <c>-File</c> or <c>-Module</c>.</param>
internal sealed record SourceFile(FileStamp Stamp, string Path, bool Executable, string Parameter);
