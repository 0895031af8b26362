using System.Management.Automation;
using System.Management.Automation.Language;

namespace Eformer.Pool.Module.Runs;

/// <summary>Refuses scripts that would not mean on a host what they seem to mean here.</summary>
internal static class ScriptGuard
{
    /// <summary>Refuses <c>$using:</c>.</summary>
    /// <exception cref="SlicePoolException"><c>UsingNotSupported</c>.</exception>
    public static void Check(ScriptBlock script)
    {
        if (script.Ast.Find(static node => node is UsingExpressionAst, searchNestedScriptBlocks: true) is Ast found)
        {
            throw new SlicePoolException(
                "UsingNotSupported",
                PoolErrorCategory.InvalidArgument,
                $"The script uses '{found.Extent.Text}', and $using: is not supported yet.",
                "Pass the value with -ArgumentList and take it with param(...) in the script.",
                found.Extent.Text);
        }
    }
}
