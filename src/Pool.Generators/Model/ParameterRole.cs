namespace Eformer.Pool.Generators.Model;

/// <summary>Where a parameter's value comes from.</summary>
internal enum ParameterRole
{
    /// <summary>From the caller.</summary>
    Data,

    /// <summary>The host's context, from the host.</summary>
    Host,

    /// <summary>Where to report to, from the host.</summary>
    Progress,

    /// <summary>The token that stops it, from the host.</summary>
    Stop,
}
