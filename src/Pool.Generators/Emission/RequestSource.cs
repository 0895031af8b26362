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
                .Indented(() => code.Line(Snippets.Literal(function.Name) + ",").Line(Snippets.Verbatim(function.Schema) + ",").Line(assembly.Json(function) + ");"));
            WriteFields(code, unit);
            code.Line();
            _ = function.Result.IsStream ? code.Line("public override bool IsStream => true;").Line() : code;
            WriteArguments(code, data);
            code.Line();
            WriteInvoke(code, function);
            code.Line();
            WriteRead(code, unit.Request, data);
        });
    }

    private static void WriteFields(CodeWriter code, FunctionUnit unit)
    {
        ParameterModel[] data = [.. unit.Function.Data];
        foreach (ParameterModel parameter in data)
        {
            code.Line($"private readonly {parameter.Type} {Field}{parameter.Name};");
        }

        string parameters = string.Join(", ", data.Select(static parameter => $"{parameter.Type} {Identifiers.Escape(parameter.Name)}"));
        code.Line().Block($"internal {unit.Request}({parameters}) : base({unit.RequestReference}.TheContract)", () =>
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
                    : $"arguments.Write({name}, this.{Field}{parameter.Name}, Json);";
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

    // In the order in which a driver of the same build writes them: then nothing has to be passed over.
    private static void WriteRead(CodeWriter code, string request, ParameterModel[] data) =>
        code.Line($"internal static {Functions}RemoteRequest Read(ref {Functions}ArgumentReader arguments) =>")
            .Indented(() => code.Line($"new {request}({string.Join(", ", data.Select(Taken))});"));

    private static string Taken(ParameterModel parameter)
    {
        string name = Snippets.Literal(parameter.Name);
        return (parameter.AllowsNull, parameter.Default) switch
        {
            (false, null) => $"arguments.Take<{parameter.ReadType}>({name})",
            (true, null) => $"arguments.TakeNullable<{parameter.ReadType}>({name})",
            (false, { } otherwise) => $"arguments.TakeOr<{parameter.ReadType}>({name}, {otherwise})",
            (true, { } otherwise) => $"arguments.TakeNullableOr<{parameter.ReadType}>({name}, {otherwise})",
        };
    }
}
