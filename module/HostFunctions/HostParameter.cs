namespace Eformer.Pool.Module.HostFunctions;

/// <summary>A parameter of a command that the hosts have. Checked: its names are names.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Aliases">Its other names.</param>
/// <param name="Type">Full name of its type on the host, whatever that is here.</param>
/// <param name="Values">The texts it takes; empty for any.</param>
/// <param name="Help">What it is for; may be empty.</param>
/// <param name="Sets">What it is in its sets, at least one.</param>
internal sealed record HostParameter(
    string Name, IReadOnlyList<string> Aliases, string Type, IReadOnlyList<string> Values, string Help, IReadOnlyList<ParameterInSet> Sets);
