namespace Eformer.Pool;

/// <summary>Marks a static method that can be called on the hosts of a pool. The generator makes a typed proxy of it.</summary>
/// <remarks>
/// The class, and those around it, must be partial. Parameters are data, but for a <see cref="HostContext"/>, an
/// <see cref="IProgress{T}"/> and a <see cref="CancellationToken"/>, which the host gives. See <c>docs/analyzers</c> for what is refused.
/// </remarks>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RemoteFunctionAttribute : Attribute
{
    /// <summary>Name of the cmdlet to make, as verb and noun, such as <c>Invoke-Training</c>; null for none.</summary>
    public string? Cmdlet { get; set; }

    /// <summary>
    /// Name that driver and hosts know the function by; null for that of the method with its class and namespace. One that is given
    /// stays when the method is renamed, and tells overloads apart.
    /// </summary>
    public string? Name { get; set; }

    /// <summary>
    /// A <c>System.Text.Json.Serialization.JsonSerializerContext</c> of yours that knows the types of arguments and results; null to have
    /// them read by reflection, once for each type.
    /// </summary>
    public Type? JsonContext { get; set; }
}
