using System.Text.Json;
using System.Text.Json.Serialization;

namespace Eformer.Pool.Payloads;

/// <summary>What hosts need to execute a script, or to call a function; covered by the hash in each command.</summary>
public sealed record ScriptPayload : IJsonOnDeserialized
{
    /// <summary>The largest payload, in bytes.</summary>
    public const int MaxLength = 16 * 1024 * 1024;

    /// <summary>Text of the script; empty when <see cref="Call"/> is set.</summary>
    public required string Script { get; init; }

    /// <summary>The remote function to call instead; null for none.</summary>
    public CallPayload? Call { get; init; }

    /// <summary>The arguments as a CLIXML document that holds a list, or null.</summary>
    public required string? ArgumentsXml { get; init; }

    /// <summary>Input for every host, as a CLIXML document that holds a list, or null.</summary>
    public string? InputXml { get; init; }

    /// <summary>Input of single hosts, by <see cref="Runs.RunHost"/> key, or null.</summary>
    public IReadOnlyDictionary<string, string>? InputParts { get; init; }

    /// <summary>What is shipped along, or null.</summary>
    public EnvironmentManifest? Setup { get; init; }

    /// <summary>Folder to start in, or null.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>How many levels of properties are kept on the way back.</summary>
    public int Depth { get; init; } = 2;

    /// <summary>The user's environment variables.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    // The serializer sees to members that must not be null, but not to what collections hold.
    void IJsonOnDeserialized.OnDeserialized()
    {
        if (Environment.Values.Contains(null) || InputParts?.Values.Contains(null) == true)
        {
            throw new JsonException("A variable or an input has no value.");
        }
    }
}
