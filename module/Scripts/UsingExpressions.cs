using System.Management.Automation;
using System.Management.Automation.Language;
using System.Text;

namespace Eformer.Pool.Module.Scripts;

/// <summary>Evaluates the <c>$using:</c> expressions of a script in the caller's scope.</summary>
/// <remarks>
/// The script itself is sent as it is. The engine on the host has a place for these values (its argument <c>--%</c>) and finds them
/// there wherever in the script they stand; the key is the engine's own. So lines, <c>$args</c>, <c>param()</c> and <c>$input</c> are what
/// they were.
/// </remarks>
internal static class UsingExpressions
{
    // The parser allows nothing but constant members and indices behind the variable. Strict, as Invoke-Command is: a member that is not
    // there is an error. The comma keeps a list of one a list.
    private const string Evaluation = @"Microsoft.PowerShell.Core\Set-StrictMode -Version Latest; , ($args[0]{0})";

    /// <summary>The values, each expression once.</summary>
    /// <exception cref="SlicePoolException"><c>UsingVariableIsUndefined</c>, <c>UsingExpressionFailed</c>.</exception>
    public static IReadOnlyList<UsingValue> Evaluate(Ast script, PSVariableIntrinsics variables) =>
        [.. Find(script).DistinctBy(Key).Select(found => new UsingValue(Key(found), found.Extent.Text, Evaluate(found, variables)))];

    /// <summary>The first of a script, or null.</summary>
    public static string? First(Ast script) => Find(script).FirstOrDefault()?.Extent.Text;

    private static IEnumerable<UsingExpressionAst> Find(Ast script) =>
        script.FindAll(static node => node is UsingExpressionAst, searchNestedScriptBlocks: true).Cast<UsingExpressionAst>();

    private static string Key(UsingExpressionAst expression)
    {
        string text = expression.ToString();
        return Convert.ToBase64String(Encoding.Unicode.GetBytes(
            expression.SubExpression is VariableExpressionAst ? text.ToLowerInvariant() : text));
    }

    private static object? Evaluate(UsingExpressionAst expression, PSVariableIntrinsics variables)
    {
        VariableExpressionAst variable = VariableOf(expression.SubExpression);
        object? value = Read(variable.VariablePath, expression, variables);
        string members = expression.Extent.Text[(variable.Extent.EndOffset - expression.Extent.StartOffset)..];
        return members.Length == 0 ? value : Member(expression, members, value);
    }

    private static VariableExpressionAst VariableOf(ExpressionAst expression) => expression switch
    {
        MemberExpressionAst member => VariableOf(member.Expression),
        IndexExpressionAst index => VariableOf(index.Target),
        _ => (VariableExpressionAst)expression,
    };

    private static object? Read(VariablePath path, UsingExpressionAst expression, PSVariableIntrinsics variables) =>
        path.IsDriveQualified ? variables.GetValue(path.UserPath)
        : variables.Get(path.UserPath) is PSVariable variable ? variable.Value
        : throw new SlicePoolException(
            "UsingVariableIsUndefined",
            PoolErrorCategory.InvalidArgument,
            $"The value of '{expression.Extent.Text}' cannot be sent: there is no variable '${path.UserPath}' here.",
            "Set the variable before, or look for a mistake in its name.",
            path.UserPath);

    private static object? Member(UsingExpressionAst expression, string members, object? value)
    {
        try
        {
            return ScriptBlock.Create(Evaluation.Replace("{0}", members, StringComparison.Ordinal)).InvokeReturnAsIs(value);
        }
        catch (RuntimeException failure)
        {
            throw new SlicePoolException(
                "UsingExpressionFailed",
                PoolErrorCategory.InvalidArgument,
                $"The value of '{expression.Extent.Text}' cannot be sent: {failure.Message}",
                "Look at what the variable holds.",
                expression.Extent.Text,
                failure);
        }
    }
}
