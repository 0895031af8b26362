namespace Eformer.Pool.Module.HostFunctions;

/// <summary>A command that the hosts have. Checked: its names are names, and everything else is only text.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Synopsis">What it does; may be empty.</param>
/// <param name="DefaultSet">The parameter set that is taken when arguments fit many; null for none.</param>
/// <param name="Parameters">Its own parameters, without those that all commands have.</param>
internal sealed record HostFunction(string Name, string Synopsis, string? DefaultSet, IReadOnlyList<HostParameter> Parameters);
