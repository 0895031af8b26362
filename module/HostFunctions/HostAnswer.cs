using System.Collections;
using System.Management.Automation;
using System.Text.RegularExpressions;
using Eformer.Pool.Module.Streams;

namespace Eformer.Pool.Module.HostFunctions;

/// <summary>Reads what a host says of its commands. Nothing in it is believed that could be more than data. Pure.</summary>
internal static partial class HostAnswer
{
    private const int MostParameters = 500;
    private const int LongestName = 128;
    private const int LongestText = 32 * 1024;
    private const string AllSets = "__AllParameterSets";

    // Names that mean something in a function already.
    private static readonly HashSet<string> s_taken = new(StringComparer.OrdinalIgnoreCase)
    {
        "args", "ConsoleFileName", "Error", "Event", "EventArgs", "EventSubscriber", "ExecutionContext", "false", "foreach", "HOME", "Host", "input",
        "Matches", "MyInvocation", "NestedPromptLevel", "null", "PID", "PROFILE", "PSBoundParameters", "PSCmdlet", "PSCommandPath", "PSCulture",
        "PSEdition", "PSHOME", "PSItem", "PSScriptRoot", "PSUICulture", "PSVersionTable", "PWD", "Sender", "ShellId", "StackTrace", "switch", "this", "true",
    };

    /// <summary>A command.</summary>
    /// <exception cref="SlicePoolException"><c>FunctionMetadataInvalid</c>.</exception>
    public static HostFunction Read(object? answer)
    {
        string name = "";
        try
        {
            name = Text(answer, "Name");
            return CommandName().IsMatch(name) && name.Length <= LongestName ? Read(name, answer) : throw new FormatException("that is no name for a command");
        }
        catch (FormatException failure)
        {
            throw Invalid(name, failure.Message);
        }
    }

    /// <summary>An alias; null when the answer is about something else.</summary>
    public static HostAlias? ReadAlias(object? answer) =>
        IsShort(Property(answer, "Alias"), out string name) && IsShort(Property(answer, "Target"), out string target) ? new HostAlias(name, target) : null;

    /// <summary>The error about an answer that is not to be used.</summary>
    public static SlicePoolException Invalid(string name, string why) => new(
        "FunctionMetadataInvalid",
        PoolErrorCategory.InvalidData,
        $"What a host says of its command '{Topology.PoolName.Printable(name)}' cannot be used: {why}.",
        "Call it with Invoke-OnEachHost -Command, and find out what is wrong on that host.",
        name);

    private static HostFunction Read(string name, object? answer)
    {
        HostParameter[] parameters = [.. List(answer, "Parameters").Select(Parameter).Where(parameter => !CommonParameters.Has(parameter.Name))];
        CheckNames(parameters);
        string synopsis = Text(answer, "Synopsis").Trim();
        // What help makes up for a command without any is its syntax.
        return new HostFunction(name, synopsis.StartsWith(name, StringComparison.OrdinalIgnoreCase) ? "" : synopsis, Set(Text(answer, "DefaultSet")), parameters)
        {
            IsSimple = RecordDecoder.Plain(Property(answer, "IsSimple")) is true,
        };
    }

    private static HostParameter Parameter(object? item)
    {
        string name = Text(item, "Name");
        if (!ParameterName().IsMatch(name) || name.Length > LongestName || s_taken.Contains(name))
        {
            throw new FormatException($"'{Topology.PoolName.Printable(name)}' is no name for a parameter");
        }

        ParameterInSet[] sets = [.. List(item, "Sets").Select(InSet)];
        return new HostParameter(
            name,
            [.. Texts(item, "Aliases").Where(alias => ParameterName().IsMatch(alias) && alias.Length <= LongestName && !CommonParameters.Has(alias))],
            Text(item, "Type"),
            [.. Texts(item, "Values")],
            Text(item, "Help").Trim(),
            sets.Length == 0 ? [new ParameterInSet(null, null, false, false, false, false)] : sets);
    }

    private static ParameterInSet InSet(object? item)
    {
        int position = RecordDecoder.Plain(Property(item, "Position")) as int? ?? throw new FormatException("a position is no number");
        bool[] flags = [.. List(item, "Flags").Select(flag => RecordDecoder.Plain(flag) as bool? ?? throw new FormatException("what is yes or no is neither"))];
        return flags is [bool mandatory, bool pipeline, bool byName, bool rest]
            ? new ParameterInSet(Set(Text(item, "Name")), position >= 0 ? position : null, mandatory, pipeline, byName, rest)
            : throw new FormatException("a parameter set is not described");
    }

    private static void CheckNames(HostParameter[] parameters)
    {
        HashSet<string> names = new(StringComparer.OrdinalIgnoreCase);
        if (parameters.Length > MostParameters || !parameters.SelectMany(parameter => parameter.Aliases.Prepend(parameter.Name)).All(names.Add))
        {
            throw new FormatException("it has too many parameters, or two of one name");
        }
    }

    private static bool IsShort(object? value, out string text) =>
        (text = RecordDecoder.Plain(value) as string ?? "").Length is > 0 and <= LongestName;

    private static string? Set(string name) => name is "" or AllSets ? null : name;

    private static object? Property(object? item, string name) => item is PSObject made ? made.Properties[name]?.Value : null;

    private static IEnumerable<string> Texts(object? item, string name) => List(item, name).Select(Checked);

    private static string Text(object? item, string name) => Checked(Property(item, name));

    private static IEnumerable<object?> List(object? item, string name) =>
        (RecordDecoder.Plain(Property(item, name)) as IList)?.Cast<object?>() ?? throw new FormatException($"its {name} are no list");

    private static string Checked(object? value) =>
        RecordDecoder.Plain(value) is string text && text.Length <= LongestText ? text : throw new FormatException("a text is none, or too long");

    [GeneratedRegex(@"^\p{L}[\p{L}\p{Nd}_.]*(-[\p{L}\p{Nd}_.]+)*\z", RegexOptions.CultureInvariant)]
    private static partial Regex CommandName();

    // Two underscores begin the names that proxies have for themselves.
    [GeneratedRegex(@"^(?!__)[\p{L}_][\p{L}\p{Nd}_]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex ParameterName();
}
