using System.Text.Json;
using System.Text.Json.Serialization;

namespace Eformer.Pool.Payloads;

/// <summary>What hosts need to execute a script; covered by the hash in each command.</summary>
public sealed record ScriptPayload : IJsonOnDeserialized
{
    /// <summary>The largest payload, in bytes.</summary>
    public const int MaxLength = 16 * 1024 * 1024;

    /// <summary>Text of the script.</summary>
    public required string Script { get; init; }

    /// <summary>The arguments as a CLIXML document that holds a list, or null.</summary>
    public required string? ArgumentsXml { get; init; }

    /// <summary>The user's environment variables.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    // The serializer sees to members that must not be null, but not to what collections hold.
    void IJsonOnDeserialized.OnDeserialized()
    {
        if (Environment.Values.Contains(null))
        {
            throw new JsonException("A variable has no value.");
        }
    }
}
