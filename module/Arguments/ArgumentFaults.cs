using Eformer.Pool.Payloads;

namespace Eformer.Pool.Module.Arguments;

/// <summary>What values must not hold, and what is said then.</summary>
internal static class ArgumentFaults
{
    /// <summary>Whether a document holds a secret, a script block, or what works only in this process.</summary>
    public static bool HasForbidden(string xml) => HasSecret(xml) || HasScriptBlock(xml) || LiveTypes.FindIn(xml) is not null;

    /// <summary>Throws the error about the first value whose own document holds such a thing.</summary>
    public static void ThrowFor(IEnumerable<NamedValue> values, Func<object?, string> serialize)
    {
        foreach (NamedValue named in values)
        {
            string xml = serialize(named.Value);
            if (HasForbidden(xml))
            {
                throw HasSecret(xml) ? Secret(named.Name)
                    : HasScriptBlock(xml) ? Block(named.Name)
                    : Live(named.Name, LiveTypes.FindIn(xml)!.Split('.')[^1]);
            }
        }
    }

    /// <summary>It holds a secret.</summary>
    public static SlicePoolException Secret(string name) => new(
        "SecretInArgument",
        PoolErrorCategory.SecurityError,
        $"{name} holds a SecureString or a credential, which would be readable on its way.",
        "Let the script fetch the secret on the host itself, from a secret store or a file that only the host can read.",
        name);

    /// <summary>It holds a script block.</summary>
    public static SlicePoolException Block(string name) => new(
        "ScriptBlockInArgument",
        PoolErrorCategory.InvalidArgument,
        $"{name} holds a script block, which would arrive as text.",
        "Write the block inside the script, or pass its text and turn it back with [scriptblock]::Create().",
        name);

    /// <summary>It holds something that lives in this process.</summary>
    public static SlicePoolException Live(string name, string type) => new(
        "LiveObjectInArgument",
        PoolErrorCategory.InvalidArgument,
        $"{name} holds a {type}, which works only in this process.",
        "Pass what the script needs of it: a path, an id, the bytes; and open it on the host.",
        name);

    /// <summary>It holds lists in lists in lists.</summary>
    public static SlicePoolException Deep(string name, int levels) => new(
        "ArgumentTooDeep",
        PoolErrorCategory.LimitsExceeded,
        $"{name} holds lists or tables within each other, more than {levels} levels of them.",
        "Pass a flatter value, or its text as JSON.",
        name);

    /// <summary>It holds a character that cannot be sent.</summary>
    public static SlicePoolException NotText(string name, string why) => new(
        "SerializationFailed",
        PoolErrorCategory.InvalidArgument,
        $"{name} cannot be sent: {Topology.PoolName.Printable(why)}",
        "Look whether bytes were read as text in a wrong encoding; pass them as [byte[]].",
        name);

    /// <summary>It is too large, alone or with those before it.</summary>
    public static SlicePoolException TooLarge(string name, int count = 1) => new(
        "PayloadTooLarge",
        PoolErrorCategory.LimitsExceeded,
        $"{name} is too large{(count > 1 ? ", or what is sent beside it" : "")}: at most {ScriptPayload.MaxLength:N0} bytes can be sent.",
        "Send less, or put the data where every host can read it and send its path; -File ships files.",
        name);

    // In CLIXML text '<' is always escaped, so these are elements and never something that a user wrote.
    private static bool HasSecret(string xml) => HasElement(xml, "SS");

    private static bool HasScriptBlock(string xml) => HasElement(xml, "SBK");

    private static bool HasElement(string xml, string name) =>
        xml.Contains($"<{name}>", StringComparison.Ordinal) || xml.Contains($"<{name} ", StringComparison.Ordinal);
}
