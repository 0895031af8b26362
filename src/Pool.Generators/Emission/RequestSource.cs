using Eformer.Pool.Generators.Model;

namespace Eformer.Pool.Generators.Emission;

/// <summary>Writes the request class of a function: its arguments on the driver, its call on the host.</summary>
internal static class RequestSource
{
    private const string Functions = "global::Eformer.Pool.Functions.";

    // Of a field. With an underscore only, that of '_f' would be called as the class of 'f' is.
    private const string Field = "argument_";

    /// <summary>Writes it.</summary>
    public static void Write(CodeWriter code, FunctionUnit unit, AssemblyModel assembly)
    {
        FunctionModel function = unit.Function;
        ParameterModel[] data = [.. function.Data];
        code.Line(Snippets.Mark);
        code.Block($"internal sealed class {unit.Request} : {Functions}FunctionRequest<{function.Result.Type}>", () =>
        {
            code.Line($"internal static readonly {Functions}RemoteContract TheContract = new {Functions}RemoteContract(")
                .Indented(() => code.Line(Snippets.Literal(function.Name) + ",").Line(Snippets.Verbatim(function.Schema) + ");"));
            WriteFields(code, unit, assembly);
            code.Line();
            _ = function.Result.IsStream ? code.Line("public override bool IsStream => true;").Line() : code;
            WriteArguments(code, data);
            code.Line();
            WriteInvoke(code, function);
            code.Line();
            WriteRead(code, unit.Request, data, assembly.Json(function));
        });
    }

    private static void WriteFields(CodeWriter code, FunctionUnit unit, AssemblyModel assembly)
    {
        ParameterModel[] data = [.. unit.Function.Data];
        foreach (ParameterModel parameter in data)
        {
            code.Line($"private readonly {parameter.Type} {Field}{parameter.Name};");
        }

        string parameters = string.Join(", ", data.Select(static parameter => $"{parameter.Type} {Identifiers.Escape(parameter.Name)}"));
        code.Line().Block($"internal {unit.Request}({parameters}) : base({unit.RequestReference}.TheContract, {assembly.Json(unit.Function)})", () =>
        {
            foreach (ParameterModel parameter in data)
            {
                code.Line($"this.{Field}{parameter.Name} = {Identifiers.Escape(parameter.Name)};");
            }
        });
    }

    private static void WriteArguments(CodeWriter code, ParameterModel[] data) =>
        code.Block($"public override void WriteArguments({Functions}ArgumentWriter arguments)", () =>
        {
            foreach (ParameterModel parameter in data)
            {
                string name = Snippets.Literal(parameter.Name);
                string write = parameter.WriteMethod is { } method
                    ? $"arguments.Next({name}).{method}(this.{Field}{parameter.Name});"
                    : $"arguments.Write<{parameter.Type}>({name}, this.{Field}{parameter.Name}, Json);";
                _ = parameter.LeavesOutDefault
                    ? code.Block($"if (!this.{Field}{parameter.Name}.Equals({parameter.Default}))", () => code.Line(write))
                    : code.Line(write);
            }
        });

    private static void WriteInvoke(CodeWriter code, FunctionModel function)
    {
        string arguments = string.Join(", ", function.Parameters.Select(static parameter => parameter.Role switch
        {
            ParameterRole.Host => "invocation.Host",
            ParameterRole.Progress => $"Progress<{parameter.Type}>(invocation)",
            ParameterRole.Stop => "invocation.Stop",
            _ => $"this.{Field}{parameter.Name}",
        }));
        string call = $"{function.Class.Reference}.{Identifiers.Escape(function.Method)}({arguments})";
        const string Head = $"public override global::System.Threading.Tasks.Task InvokeAsync({Functions}RemoteInvocation invocation)";
        if (function.Result is { HasValue: false, IsAwaited: false })
        {
            code.Block(Head, () => code.Line(call + ";").Line("return global::System.Threading.Tasks.Task.CompletedTask;"));
            return;
        }

        code.Line(Head + " =>").Indented(() => code.Line(function.Result switch
        {
            { IsStream: true } => $"GiveStreamAsync(invocation, {call});",
            { HasValue: false, IsValueTask: true } => call + ".AsTask();",
            { HasValue: false } => call + ";",
            { IsAwaited: true } => $"GiveTaskAsync(invocation, {call});",
            _ => $"GiveAsync(invocation, {call});",
        }));
    }

    private static void WriteRead(CodeWriter code, string request, ParameterModel[] data, string json) =>
        code.Block($"internal static {Functions}RemoteRequest Read(ref {Functions}ArgumentReader arguments)", () =>
        {
            for (int i = 0; i < data.Length; i++)
            {
                code.Line($"{data[i].Type} value{i} = {data[i].Default ?? "default!"};");
                _ = data[i].Default is null ? code.Line($"bool given{i} = false;") : code;
            }

            code.Block("while (arguments.Next())", () => WriteReading(code, data, json));
            IEnumerable<string> values = data.Select(static (parameter, i) => parameter.Default is null
                ? $"given{i} ? value{i} : throw arguments.Missing({Snippets.Literal(parameter.Name)})"
                : $"value{i}");
            code.Line($"return new {request}({string.Join(", ", values)});");
        });

    private static void WriteReading(CodeWriter code, ParameterModel[] data, string json)
    {
        for (int i = 0; i < data.Length; i++)
        {
            ParameterModel parameter = data[i];
            string read = parameter.AllowsNull ? $"Read<{parameter.ReadType}>({json})!" : $"ReadRequired<{parameter.ReadType}>({json})";
            code.Block($"{(i == 0 ? "if" : "else if")} (arguments.Is({Snippets.Literal(parameter.Name)}u8))", () =>
            {
                code.Line($"value{i} = arguments.{read};");
                _ = parameter.Default is null ? code.Line($"given{i} = true;") : code;
            });
        }

        _ = data.Length == 0 ? code.Line("arguments.Skip();") : code.Block("else", () => code.Line("arguments.Skip();"));
    }
}
