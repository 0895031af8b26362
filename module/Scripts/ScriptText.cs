using System.Management.Automation;
using System.Management.Automation.Language;
using System.Text;
using Eformer.Pool.Payloads;

namespace Eformer.Pool.Module.Scripts;

/// <summary>A script that is to run on hosts, as text and as what the parser made of it.</summary>
/// <param name="Text">The text, without the braces of a block.</param>
/// <param name="Ast">The parsed script.</param>
internal sealed record ScriptText(string Text, Ast Ast)
{
    /// <summary>The script of a block. An empty one is fine: it does nothing.</summary>
    /// <exception cref="SlicePoolException"><c>PayloadTooLarge</c>.</exception>
    public static ScriptText Of(ScriptBlock block) => new(CheckSize(block.ToString(), "The script"), block.Ast);

    /// <summary>The script in a file's text, which must hold at least one statement.</summary>
    /// <exception cref="SlicePoolException"><c>PayloadTooLarge</c>, <c>ScriptUnparsable</c>, <c>ScriptEmpty</c>.</exception>
    public static ScriptText OfFile(string path, string text)
    {
        ScriptBlockAst ast = Parser.ParseInput(CheckSize(text, $"'{path}'"), path, out _, out ParseError[] errors);
        return errors.Length > 0 ? throw Unparsable(path, errors) : HasCode(ast) ? new ScriptText(text, ast) : throw Empty(path);
    }

    /// <summary>The script that runs a command with the arguments, and with the input when there is any.</summary>
    /// <exception cref="SlicePoolException"><c>CommandEmpty</c>.</exception>
    public static ScriptText OfCommand(string name, bool hasInput)
    {
        if (string.IsNullOrWhiteSpace(name))
        {
            throw new SlicePoolException("CommandEmpty", PoolErrorCategory.InvalidArgument, "The name of the command is empty.", "Give -Command a name.");
        }

        string text = $"{(hasInput ? "$input | " : "")}& '{CodeGeneration.EscapeSingleQuotedStringContent(name)}' @args";
        return Of(ScriptBlock.Create(text));
    }

    private static bool HasCode(ScriptBlockAst ast) =>
        new[] { ast.BeginBlock, ast.ProcessBlock, ast.EndBlock, ast.DynamicParamBlock }.Any(block => block?.Statements.Count > 0);

    // Far too much is told before it is parsed or copied any further.
    private static string CheckSize(string text, string what) =>
        text.Length <= ScriptPayload.MaxLength && Encoding.UTF8.GetByteCount(text) <= ScriptPayload.MaxLength
            ? text
            : throw new SlicePoolException(
                "PayloadTooLarge",
                PoolErrorCategory.LimitsExceeded,
                $"{what} is {text.Length:N0} characters; at most {ScriptPayload.MaxLength:N0} bytes can be sent.",
                "Send less, or put the data where every host can read it and send its path.");

    private static SlicePoolException Unparsable(string path, ParseError[] errors) => new(
        "ScriptUnparsable",
        PoolErrorCategory.InvalidArgument,
        $"'{path}' is no script, line {errors[0].Extent.StartLineNumber}: {errors[0].Message}",
        errors.Length == 1 ? "Mend that line." : $"Mend that line; there are {errors.Length - 1} more.",
        path);

    private static SlicePoolException Empty(string path) => new(
        "ScriptEmpty",
        PoolErrorCategory.InvalidArgument,
        $"'{path}' holds no statement.",
        "Look whether it is the right file, and whether it was written to its end.",
        path);
}
