using System.Management.Automation;
using System.Management.Automation.Language;
using Eformer.Pool.Topology;

namespace Eformer.Pool.Module.Shipping;

/// <summary>Finds functions of the caller's session by name, for shipping.</summary>
internal static class FunctionSource
{
    private const CommandTypes Shippable = CommandTypes.Function | CommandTypes.Filter;

    /// <summary>The functions that names with wildcards stand for: name to text of the body.</summary>
    /// <exception cref="SlicePoolException"><c>FunctionNotFound</c>, <c>UsingInFunction</c>.</exception>
    public static IReadOnlyDictionary<string, string> Find(CommandInvocationIntrinsics commands, IEnumerable<string> names)
    {
        Dictionary<string, string> found = new(StringComparer.OrdinalIgnoreCase);
        foreach (FunctionInfo function in names.SelectMany(name => Find(commands, name)))
        {
            found[function.Name] = Body(function);
        }

        return found;
    }

    private static FunctionInfo[] Find(CommandInvocationIntrinsics commands, string name)
    {
        FunctionInfo[] found = WildcardPattern.ContainsWildcardCharacters(name)
            ? [.. commands.GetCommands(name, Shippable, nameIsPattern: true).OfType<FunctionInfo>()]
            : commands.GetCommand(name, Shippable) is FunctionInfo one ? [one] : [];
        return found.Length > 0 ? found : throw NotFound(name, WildcardPattern.ContainsWildcardCharacters(name) ? null : commands.GetCommand(name, CommandTypes.All));
    }

    private static string Body(FunctionInfo function)
    {
        if (Scripts.UsingExpressions.First(function.ScriptBlock.Ast) is string expression)
        {
            throw new SlicePoolException(
                "UsingInFunction",
                PoolErrorCategory.InvalidArgument,
                $"The function '{function.Name}' cannot be sent: it uses '{expression}', which only a script can.",
                "Give the function a parameter for it.",
                function.Name);
        }

        return function.ScriptBlock.Ast is FunctionDefinitionAst { IsFilter: true, Body.ProcessBlock: { Unnamed: true } block } filter
            ? FilterBody(filter, block)
            : function.Definition;
    }

    // A filter becomes a function on the host, and its bare statements must still run once for each object.
    private static string FilterBody(FunctionDefinitionAst filter, NamedBlockAst block)
    {
        string parameters = filter.Parameters is { Count: > 0 } given
            ? $"param({string.Join(", ", given.Select(parameter => parameter.Extent.Text))})"
            : filter.Body.ParamBlock?.Extent.Text ?? "";
        return $"{parameters} process {{ {block.Extent.Text}\n}}";
    }

    private static SlicePoolException NotFound(string name, CommandInfo? other) => new(
        "FunctionNotFound",
        PoolErrorCategory.ObjectNotFound,
        other is null
            ? $"There is no function '{PoolName.Printable(name)}' in this session."
            : $"'{PoolName.Printable(name)}' is no function, but {Article(other.CommandType)}.",
        "-Function ships functions of this session; use -Module for commands of modules, and -File for scripts and programs.",
        name);

    private static string Article(CommandTypes type) => type is CommandTypes.Alias or CommandTypes.Application or CommandTypes.ExternalScript
        ? $"an {type.ToString().ToLowerInvariant()}"
        : $"a {type.ToString().ToLowerInvariant()}";
}
