namespace Eformer.Pool;

/// <summary>A PowerShell module on the driver's machine.</summary>
/// <param name="Name">Its name, for messages.</param>
/// <param name="Folder">Absolute path of the folder that is shipped with everything in it.</param>
/// <param name="Import">What to import: path of the manifest, script or assembly relative to that folder, with '/'.</param>
public sealed record ModuleFolder(string Name, string Folder, string Import);
