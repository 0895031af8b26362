using System.Management.Automation.Language;

namespace Eformer.Pool.Module.HostFunctions;

/// <summary>Looks at the text of a proxy as the engine will read it, before it is used: a second look, should the writing ever fail.</summary>
internal static class ProxyCheck
{
    /// <summary>Whether the text is the one function, and its parameters are nothing but declarations.</summary>
    public static bool IsHarmless(string text, string function)
    {
        ScriptBlockAst script = Parser.ParseInput(text, out _, out ParseError[] errors);
        return errors.Length == 0
            && script is { ParamBlock: null, BeginBlock: null, ProcessBlock: null, EndBlock.Statements: [FunctionDefinitionAst definition] }
            && definition.Name == function
            && definition.Body.ParamBlock is ParamBlockAst parameters
            && parameters.Find(Runs, searchNestedScriptBlocks: true) is null
            && parameters.FindAll(node => node is VariableExpressionAst, searchNestedScriptBlocks: true).Count() == CountVariables(parameters);
    }

    private static bool Runs(Ast node) => node is CommandBaseAst and not CommandExpressionAst or SubExpressionAst or ExpandableStringExpressionAst
        or ScriptBlockExpressionAst or MemberExpressionAst or IndexExpressionAst or HashtableAst or BinaryExpressionAst or StatementBlockAst;

    // The parameters themselves, and the words for yes and no in their attributes.
    private static int CountVariables(ParamBlockAst parameters) => parameters.Parameters.Count + parameters
        .FindAll(node => node is NamedAttributeArgumentAst { Argument: VariableExpressionAst { VariablePath.UserPath: "true" or "false" } }, searchNestedScriptBlocks: true).Count();
}
