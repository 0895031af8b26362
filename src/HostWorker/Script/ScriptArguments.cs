using System.Management.Automation.Runspaces;

namespace Eformer.Pool.HostWorker.Script;

/// <summary>Turns words of the command line into arguments as <c>pwsh -File</c> does.</summary>
internal static class ScriptArguments
{
    /// <summary>Adds them to the command that runs the script.</summary>
    /// <remarks>
    /// <c>-Name</c> is a parameter, whose value is the next word; <c>-Name:value</c> is both; <c>-3</c> is a number; behind
    /// <c>--</c> there are only values.
    /// </remarks>
    public static void AddTo(Command command, IReadOnlyList<string> words)
    {
        string? pending = null;
        bool onlyValues = false;
        foreach (string word in words)
        {
            if (pending is not null)
            {
                command.Parameters.Add(new CommandParameter(pending, word));
                pending = null;
            }
            else if (onlyValues || word is not ['-', not (>= '0' and <= '9'), ..])
            {
                command.Parameters.Add(new CommandParameter(null, word));
            }
            else if (word == "--")
            {
                onlyValues = true;
            }
            else if (word.EndsWith(':'))
            {
                pending = word[1..^1];
            }
            else
            {
                command.Parameters.Add(ParseParameter(word));
            }
        }
    }

    private static CommandParameter ParseParameter(string word)
    {
        int colon = word.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? new CommandParameter(word) : new CommandParameter(word[1..colon], ParseValue(word[(colon + 1)..]));
    }

    // A switch can be given as -Name:$false, which no shell expands.
    private static object ParseValue(string text) => text.ToUpperInvariant() switch
    {
        "$TRUE" => true,
        "$FALSE" => false,
        _ => text,
    };
}
