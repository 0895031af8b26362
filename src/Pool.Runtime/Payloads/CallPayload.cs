namespace Eformer.Pool.Payloads;

/// <summary>A call of a remote function as hosts get it.</summary>
public sealed record CallPayload
{
    /// <summary>Name of the function.</summary>
    public required string Function { get; init; }

    /// <summary>Hash of the contract that the driver was built with.</summary>
    public required string ContractHash { get; init; }

    /// <summary>That contract itself, for hosts that have another one to say how it differs; null when the assembly is shipped.</summary>
    public string? Contract { get; init; }

    /// <summary>Simple name of the shipped assembly; null when the host has the function already.</summary>
    public string? Assembly { get; init; }

    /// <summary>A byte that says how, then the arguments.</summary>
    public required byte[] Arguments { get; init; }
}
