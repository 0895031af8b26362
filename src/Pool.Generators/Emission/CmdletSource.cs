using Eformer.Pool.Generators.Model;

namespace Eformer.Pool.Generators.Emission;

/// <summary>Writes the cmdlet of a function: its parameters; all else is done by its base.</summary>
internal static class CmdletSource
{
    private const string Automation = "global::System.Management.Automation.";
    private const string Base = "global::Eformer.Pool.PowerShell.";

    /// <summary>The file.</summary>
    public static string Write(FunctionUnit unit, AssemblyModel assembly)
    {
        CmdletModel cmdlet = unit.Function.Cmdlet!;
        CodeWriter code = Snippets.Begin();
        code.Block("namespace " + assembly.Namespace, () =>
        {
            string summary = unit.Function.Help.Summary;
            code.Line($"/// <summary>{Snippets.Xml(summary.Length > 0 ? summary : $"The cmdlet {cmdlet.Name}.")}</summary>")
                .Line($"[{Automation}Cmdlet({Snippets.Literal(cmdlet.Verb)}, {Snippets.Literal(cmdlet.Noun)})]");
            _ = unit.Function.Result.HasValue ? code.Line($"[{Automation}OutputType(typeof({unit.Function.Result.PlainType}))]") : code;
            // On the class: hosts have no such attribute, and an unknown one on the assembly spoils all of the assembly's.
            _ = assembly.HasCmdletHelp ? code.Line($"[{Base}RemoteCmdletHelp({Snippets.Literal(cmdlet.Name)}, {Snippets.Verbatim(MamlHelp.Write(unit.Function))})]") : code;
            code.Line(Snippets.Mark)
                .Block($"public sealed class {cmdlet.ClassName} : {Base}RemoteFunctionCmdlet<{unit.Function.Result.Type}>", () => WriteBody(code, unit, assembly));
        });
        return code.ToString();
    }

    private static void WriteBody(CodeWriter code, FunctionUnit unit, AssemblyModel assembly)
    {
        int position = 1;
        foreach (CmdletParameter parameter in unit.Function.Data.Select(parameter => CmdletParameter.Of(parameter, unit.Function.Help)))
        {
            WriteParameter(code, parameter, parameter.IsSwitch ? null : position++, assembly);
        }

        string arguments = string.Join(", ", unit.Function.Data.Select(parameter => CmdletParameter.Of(parameter, unit.Function.Help).Value));
        code.Line($"protected override global::Eformer.Pool.Functions.RemoteRequest<{unit.Function.Result.Type}> CreateRequest() =>")
            .Indented(() => code.Line($"new {unit.RequestReference}({arguments});"));
    }

    // PowerShell would refuse it in the items too, of what must be given.
    private static bool RefusesNullItself(CmdletParameter parameter, AssemblyModel assembly) =>
        assembly.CanRefuseNull && parameter is { IsMandatory: true, Model: { AllowsNull: false, AllowsNullItems: true } };

    private static void WriteParameter(CodeWriter code, CmdletParameter parameter, int? position, AssemblyModel assembly)
    {
        string?[] settings =
        [
            parameter.IsMandatory ? "Mandatory = true" : null,
            position is { } place ? $"Position = {place}" : null,
            parameter.Help.Length > 0 ? $"HelpMessage = {Snippets.Literal(parameter.Help)}" : null,
        ];
        string given = string.Join(", ", settings.OfType<string>());
        code.Line($"/// <summary>{Snippets.Xml(parameter.Help.Length > 0 ? parameter.Help : $"The argument {parameter.Model.Name}.")}</summary>")
            .Line($"[{Automation}Parameter{(given.Length > 0 ? $"({given})" : "")}]");
        if (parameter.IsMandatory)
        {
            // Whether nothing is something is for the function to say.
            code.Line($"[{Automation}AllowEmptyString]").Line($"[{Automation}AllowEmptyCollection]");
            _ = parameter.Model.AllowsNull || RefusesNullItself(parameter, assembly) ? code.Line($"[{Automation}AllowNull]") : code;
        }

        if ((parameter.Model.IsComposite && assembly.HasArgumentHelp) || RefusesNullItself(parameter, assembly))
        {
            code.Line($"[{Base}RemoteArgument(typeof({parameter.Model.ReadType}){(RefusesNullItself(parameter, assembly) ? ", RefusesNull = true" : "")})]");
        }

        code.Line($"public {parameter.Type} {Identifiers.Escape(parameter.Name)} {{ get; set; }}{parameter.Initial}").Line();
    }
}
