namespace Eformer.Pool.Payloads;

/// <summary>What hosts need to execute a script; covered by the hash in each command.</summary>
public sealed record ScriptPayload
{
    /// <summary>The largest payload, in bytes.</summary>
    public const int MaxLength = 16 * 1024 * 1024;

    /// <summary>Text of the script.</summary>
    public required string Script { get; init; }

    /// <summary>The arguments as a CLIXML document that holds a list, or null.</summary>
    public required string? ArgumentsXml { get; init; }

    /// <summary>The user's environment variables.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }
}
