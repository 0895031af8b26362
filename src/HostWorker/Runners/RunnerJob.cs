namespace Eformer.Pool.HostWorker.Runners;

/// <summary>One attempt for a runner.</summary>
internal sealed record RunnerJob
{
    /// <summary>Identity of the attempt, for logs.</summary>
    public required string AttemptId { get; init; }

    /// <summary>Text of the script block, without its braces; empty when <see cref="Call"/> is set.</summary>
    public required string Script { get; init; }

    /// <summary>The function to call instead of the script; null for none.</summary>
    public RunnerCall? Call { get; init; }

    /// <summary>The arguments as one CLIXML document that holds a list, or null for none.</summary>
    public string? ArgumentsXml { get; init; }

    /// <summary>Input of the script as one CLIXML document that holds a list, or null for none.</summary>
    public string? InputXml { get; init; }

    /// <summary>How many levels of properties are kept on the way back.</summary>
    public int Depth { get; init; } = 2;

    /// <summary>Whether it runs in a fresh runspace instead of the runner's session.</summary>
    public bool FreshRunspace { get; init; }

    /// <summary>Folder to start in; null for the folder of the shipped files, or the runner's own.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>What is set up before the script, or null.</summary>
    public RunnerSetup? Setup { get; init; }

    /// <summary>Every environment variable of this run; variables of the pool that are not among them are removed.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }
}
