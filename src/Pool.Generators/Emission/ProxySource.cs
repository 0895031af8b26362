using Eformer.Pool.Generators.Model;

namespace Eformer.Pool.Generators.Emission;

/// <summary>Writes the front ends of a class: thin, all that is done is done by the runtime's <c>RemoteProxy</c>.</summary>
internal static class ProxySource
{
    private const string Pool = "global::Eformer.Pool.SlicePoolManager pool";
    private const string Token = "global::System.Threading.CancellationToken";

    /// <summary>Writes them.</summary>
    public static void Write(CodeWriter code, ClassUnit unit)
    {
        string access = unit.Functions.Any(static function => function.Function.IsPublic) ? "public" : "internal";
        foreach (FrontEnd front in FrontEnd.All)
        {
            string proxy = front.Name + "Proxy";
            Comment(code, front.Summary);
            code.Line("/// <param name=\"pool\">The pool.</param>")
                .Line("/// <param name=\"options\">Where and how; null for the default.</param>")
                .Line(Snippets.Mark)
                .Line($"{access} static {proxy} {front.Name}({Pool}, global::Eformer.Pool.RemoteCallOptions? options = null) => new {proxy}(pool, options);")
                .Line();
        }

        Comment(code, "Attaches to runs of functions of this class that were sent before, by anybody.");
        code.Line("/// <param name=\"pool\">The pool.</param>")
            .Line(Snippets.Mark)
            .Line($"{access} static AttachProxy Attach({Pool}) => new AttachProxy(pool);");
        foreach (FrontEnd front in FrontEnd.All)
        {
            code.Line();
            WriteProxy(code, access, front.Name + "Proxy", front.Summary, ", global::Eformer.Pool.RemoteCallOptions? options", "options",
                unit.Functions.Select(function => (Action)(() => WriteCall(code, front, function))));
        }

        code.Line();
        WriteProxy(code, access, "AttachProxy", "Attaches to runs of functions that were sent before.", "", "null",
            unit.Functions.Where(static function => function.Attach is not null).Select(function => (Action)(() => WriteAttach(code, function))));
    }

    private static void WriteProxy(
        CodeWriter code, string access, string name, string summary, string parameter, string options, IEnumerable<Action> methods)
    {
        Comment(code, summary);
        code.Line(Snippets.Mark).Block($"{access} sealed class {name} : global::Eformer.Pool.Functions.RemoteProxy", () =>
        {
            code.Block($"internal {name}({Pool}{parameter}) : base(pool, {options})", static () => { });
            foreach (Action method in methods)
            {
                code.Line();
                method();
            }
        });
    }

    private static void WriteCall(CodeWriter code, FrontEnd front, FunctionUnit unit)
    {
        FunctionModel function = unit.Function;
        bool isStream = function.Result.IsStream;
        ParameterModel? progress = (isStream ? front.StreamTakesProgress : front.TakesProgress) ? function.Of(ParameterRole.Progress) : null;
        HashSet<string> names = [.. function.Data.Select(static parameter => parameter.Name)];
        string reports = progress is null ? "" : Identifiers.Escape(Free(progress.Name, names));
        string stop = Identifiers.Escape(Free(function.Of(ParameterRole.Stop)?.Name ?? "ct", names));

        List<string> parameters = [.. ProxyParameters(function)];
        List<string> arguments = [$"new {unit.Request}({string.Join(", ", function.Data.Select(static data => Identifiers.Escape(data.Name)))})"];
        if (progress is not null)
        {
            parameters.Add($"global::System.IProgress<global::Eformer.Pool.HostReport<{progress.Type}>>? {reports} = null");
            arguments.Add(reports);
        }

        parameters.Add($"{Token} {stop} = default");
        arguments.Add(stop);
        Comment(code, function.Help.Summary.Length > 0 ? function.Help.Summary : $"Calls {function.Class.FullName}.{function.Method}.");
        if (front == FrontEnd.All[0])
        {
            CommentParameters(code, function);
        }

        code.Line($"{Access(function)} {(isStream ? front.StreamResults : front.Results).Replace("{0}", function.Result.Type)} {Identifiers.Escape(function.Method)}"
            + $"({string.Join(", ", parameters)}) =>");
        code.Indented(() => code.Line($"base.{(isStream ? front.StreamCall : front.Call)}({string.Join(", ", arguments)});"));
    }

    private static void WriteAttach(CodeWriter code, FunctionUnit unit)
    {
        FunctionModel function = unit.Function;
        string type = function.Result.IsStream
            ? $"global::System.Collections.Generic.IReadOnlyList<{function.Result.Type}>"
            : function.Result.Type;
        Comment(code, $"Attaches to a run of {function.Class.FullName}.{function.Method}.");
        code.Line($"{Access(function)} global::System.Threading.Tasks.Task<global::Eformer.Pool.RunHandle<{type}>> {Identifiers.Escape(unit.Attach!)}(string runId, {Token} ct = default) =>")
            .Indented(() => code.Line($"base.{(function.Result.IsStream ? "AttachListAsync" : "AttachAsync")}<{function.Result.Type}>(runId, {unit.RequestReference}.TheContract, ct);"));
    }

    // An optional parameter may stand before one that is not only where the host gives the latter.
    private static IEnumerable<string> ProxyParameters(FunctionModel function)
    {
        ParameterModel[] data = [.. function.Data];
        int required = Array.FindLastIndex(data, static parameter => parameter.Default is null);
        return data.Select((parameter, index) =>
            $"{parameter.Type} {Identifiers.Escape(parameter.Name)}{(parameter.Default is null || index < required ? "" : " = " + parameter.Default)}");
    }

    // Once: comments are a tenth of what it takes to compile all this.
    private static void CommentParameters(CodeWriter code, FunctionModel function)
    {
        foreach (ParameterModel parameter in function.Data.Where(parameter => function.Help.Of(parameter.Name).Length > 0))
        {
            code.Line($"/// <param name=\"{parameter.Name}\">{Snippets.Xml(function.Help.Of(parameter.Name))}</param>");
        }
    }

    private static void Comment(CodeWriter code, string summary) => code.Line($"/// <summary>{Snippets.Xml(summary)}</summary>");

    private static string Access(FunctionModel function) => function.IsPublic ? "public" : "internal";

    private static string Free(string name, ISet<string> taken) => Identifiers.Unique(name, taken, number => $"{name}{number}");
}
