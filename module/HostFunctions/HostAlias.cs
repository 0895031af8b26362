namespace Eformer.Pool.Module.HostFunctions;

/// <summary>A name that the hosts have for another command. Only text, as everything that a host says.</summary>
/// <param name="Name">The name.</param>
/// <param name="Target">What it stands for.</param>
internal sealed record HostAlias(string Name, string Target);
