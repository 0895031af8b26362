namespace Eformer.Pool.Module.HostFunctions;

/// <summary>A command that the hosts have. Checked: its names are names, and everything else is only text.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Synopsis">What it does; may be empty.</param>
/// <param name="DefaultSet">The parameter set that is taken when arguments fit many; null for none.</param>
/// <param name="Parameters">Its own parameters, without those that all commands have.</param>
internal sealed record HostFunction(string Name, string Synopsis, string? DefaultSet, IReadOnlyList<HostParameter> Parameters)
{
    /// <summary>Whether it takes what no parameter of it takes: further arguments as <c>$args</c>, and input as <c>$_</c> or <c>$input</c>.</summary>
    public bool IsSimple { get; init; }
}
