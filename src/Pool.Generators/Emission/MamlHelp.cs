using System.Xml.Linq;
using Eformer.Pool.Generators.Model;

namespace Eformer.Pool.Generators.Emission;

/// <summary>Writes the help of a cmdlet as PowerShell reads it, of the function's XML comment.</summary>
internal static class MamlHelp
{
    private static readonly XNamespace s_maml = "http://schemas.microsoft.com/maml/2004/10";
    private static readonly XNamespace s_command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    private static readonly XNamespace s_dev = "http://schemas.microsoft.com/maml/dev/2004/10";

    /// <summary>The element of the cmdlet. Of the parameters that all cmdlets of remote functions have only the pools are in it: they must be given.</summary>
    public static string Write(FunctionModel function)
    {
        CmdletModel cmdlet = function.Cmdlet!;
        CmdletParameter[] parameters = [.. function.Data.Select(parameter => CmdletParameter.Of(parameter, function.Help))];
        return new XElement(
            s_command + "command",
            new XAttribute(XNamespace.Xmlns + "command", s_command),
            new XAttribute(XNamespace.Xmlns + "maml", s_maml),
            new XAttribute(XNamespace.Xmlns + "dev", s_dev),
            new XElement(
                s_command + "details",
                new XElement(s_command + "name", cmdlet.Name),
                new XElement(s_command + "verb", cmdlet.Verb),
                new XElement(s_command + "noun", cmdlet.Noun),
                Description(function.Help.Summary)),
            Description(function.Help.Remarks.Length > 0 ? function.Help.Remarks : function.Help.Summary),
            new XElement(
                s_command + "syntax",
                new XElement(s_command + "syntaxItem", new XElement(s_maml + "name", cmdlet.Name), Parameters(parameters, withHelp: false))),
            new XElement(s_command + "parameters", Parameters(parameters, withHelp: true)),
            Returns(function)).ToString(SaveOptions.DisableFormatting);
    }

    private static object[] Parameters(IReadOnlyList<CmdletParameter> parameters, bool withHelp)
    {
        int position = 1;
        return [Pools(withHelp), .. parameters.Select(parameter => Parameter(parameter, parameter.IsSwitch ? "named" : (position++).ToString(), withHelp))];
    }

    private static XElement Pools(bool withHelp) => Parameter(
        "Pool", isRequired: true, "True (ByValue)", "0", withHelp ? Description("Pools of this session, or their names.") : null, Value("SlicePool[]"));

    private static XElement Parameter(CmdletParameter parameter, string position, bool withHelp) => Parameter(
        parameter.Name,
        parameter.IsMandatory,
        "False",
        position,
        withHelp ? Description(parameter.Help) : null,
        parameter.IsSwitch ? null : Value(TypeName(parameter.Model.ReadType)),
        withHelp && parameter.Model.ShownDefault is { } value ? new XElement(s_dev + "defaultValue", value) : null);

    private static XElement Parameter(string name, bool isRequired, string pipeline, string position, params XElement?[] about) => new(
        s_command + "parameter",
        new XAttribute("required", isRequired ? "true" : "false"),
        new XAttribute("variableLength", "false"),
        new XAttribute("globbing", "false"),
        new XAttribute("pipelineInput", pipeline),
        new XAttribute("position", position),
        new XElement(s_maml + "name", name),
        about);

    private static XElement Value(string type) => new(s_command + "parameterValue", new XAttribute("required", "true"), type);

    private static XElement? Returns(FunctionModel function) => !function.Result.HasValue ? null : new XElement(
        s_command + "returnValues",
        new XElement(
            s_command + "returnValue",
            new XElement(s_dev + "type", new XElement(s_maml + "name", TypeName(function.Result.PlainType))),
            Description(function.Help.Returns)));

    private static XElement Description(string text) => new(s_maml + "description", new XElement(s_maml + "para", text));

    private static string TypeName(string type) => type.Replace("global::", "").Replace("@", "");
}
