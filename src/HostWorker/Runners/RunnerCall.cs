namespace Eformer.Pool.HostWorker.Runners;

/// <summary>A call of a remote function, with its assembly there on this machine.</summary>
internal sealed record RunnerCall
{
    /// <summary>Absolute path of the assembly; what it needs lies beside it.</summary>
    public required string AssemblyPath { get; init; }

    /// <summary>Name of the function.</summary>
    public required string Function { get; init; }

    /// <summary>Hash of the driver's contract.</summary>
    public required string ContractHash { get; init; }

    /// <summary>The driver's contract; null when the assembly is the driver's own.</summary>
    public string? Contract { get; init; }

    /// <summary>A byte that says how, then the arguments.</summary>
    public required ReadOnlyMemory<byte> Arguments { get; init; }

    /// <summary>The run.</summary>
    public required string RunId { get; init; }

    /// <summary>Number of the attempt, from 1.</summary>
    public required int Attempt { get; init; }
}
