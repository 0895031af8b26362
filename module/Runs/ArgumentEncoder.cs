using System.Management.Automation;

namespace Eformer.Pool.Module.Runs;

/// <summary>Turns the arguments of a script into one document.</summary>
internal static class ArgumentEncoder
{
    // One level for the list itself, then as deep as remoting goes, and one more.
    private const int Depth = 3;

    /// <summary>The arguments as CLIXML that holds a list; null when there are none.</summary>
    /// <exception cref="SlicePoolException"><c>SecretInArgument</c>, <c>ScriptBlockInArgument</c>.</exception>
    public static string? Encode(object?[]? arguments)
    {
        if (arguments is null or { Length: 0 })
        {
            return null;
        }

        string xml = PSSerializer.Serialize(arguments, Depth);
        if (HasSecret(xml) || HasScriptBlock(xml))
        {
            Refuse(arguments);
        }

        return xml;
    }

    // In CLIXML text '<' is always escaped, so these are elements and never something that a user wrote.
    private static bool HasSecret(string xml) => HasElement(xml, "SS");

    private static bool HasScriptBlock(string xml) => HasElement(xml, "SBK");

    private static bool HasElement(string xml, string name) =>
        xml.Contains($"<{name}>", StringComparison.Ordinal) || xml.Contains($"<{name} ", StringComparison.Ordinal);

    private static void Refuse(object?[] arguments)
    {
        for (int position = 0; position < arguments.Length; position++)
        {
            string xml = PSSerializer.Serialize(arguments[position], Depth - 1);
            if (HasSecret(xml))
            {
                throw Secret(position);
            }

            if (HasScriptBlock(xml))
            {
                throw Block(position);
            }
        }
    }

    private static SlicePoolException Secret(int position) => new(
        "SecretInArgument",
        PoolErrorCategory.SecurityError,
        $"Argument {position} of -ArgumentList holds a SecureString or a credential, which would be readable on its way.",
        "Let the script fetch the secret on the host itself, from a secret store or a file that only the host can read.",
        position);

    private static SlicePoolException Block(int position) => new(
        "ScriptBlockInArgument",
        PoolErrorCategory.InvalidArgument,
        $"Argument {position} of -ArgumentList holds a script block, which would arrive as text.",
        "Write the block inside the script, or pass its text and turn it back with [scriptblock]::Create().",
        position);
}
