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
        int end = words.TakeWhile(word => word != "--").Count();
        for (int at = 0; at < end; at++)
        {
            bool takesNext = IsParameter(words[at]) && words[at].EndsWith(':') && at + 1 < end;
            command.Parameters.Add(takesNext ? new CommandParameter(words[at][1..^1], words[++at]) : Parse(words[at]));
        }

        foreach (string value in words.Skip(end + 1))
        {
            command.Parameters.Add(new CommandParameter(null, value));
        }
    }

    private static bool IsParameter(string word) => word is ['-', not (>= '0' and <= '9'), ..];

    private static CommandParameter Parse(string word) => IsParameter(word) ? ParseParameter(word) : new CommandParameter(null, word);

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
