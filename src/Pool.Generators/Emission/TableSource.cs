using Eformer.Pool.Generators.Model;

namespace Eformer.Pool.Generators.Emission;

/// <summary>Writes what an assembly has once: its table of functions, how they read and write, and their contracts.</summary>
internal static class TableSource
{
    private const string Functions = "global::Eformer.Pool.Functions.";

    /// <summary>The file.</summary>
    public static string Write(TableModel table, AssemblyModel assembly)
    {
        CodeWriter code = Snippets.Begin();
        code.Line($"[assembly: {Functions}RemoteFunctionTable(typeof({assembly.Table}))]")
            .Line($"[assembly: {Functions}RemoteContracts({Snippets.Verbatim(table.Contracts)})]")
            .Line()
            .Block("namespace " + assembly.Namespace, () => code
                .Line(Snippets.Mark)
                .Block($"internal sealed class RemoteFunctions : {Functions}RemoteFunctionTable", () => WriteTable(code, table)));
        return code.ToString();
    }

    private static void WriteTable(CodeWriter code, TableModel table)
    {
        foreach (string? context in table.JsonContexts.Prepend<string?>(null))
        {
            string argument = context is null ? "null" : context + ".Default";
            code.Line($"internal static readonly {Functions}RemoteJson {Snippets.JsonMember(context)} = new {Functions}RemoteJson({argument});").Line();
        }

        code.Line($"public override {Functions}RemoteContract? Find(string function) => function switch");
        WriteArms(code, table, static request => request + ".TheContract", "null");
        code.Line().Line($"public override {Functions}RemoteRequest Read(string function, ref {Functions}ArgumentReader arguments) => function switch");
        WriteArms(code, table, static request => request + ".Read(ref arguments)",
            "throw new global::System.ArgumentException(\"There is no remote function '\" + function + \"' here.\", nameof(function))");
    }

    private static void WriteArms(CodeWriter code, TableModel table, Func<string, string> value, string otherwise) => code.Line("{").Indented(() =>
    {
        foreach (TableEntry entry in table.Entries)
        {
            code.Line($"{Snippets.Literal(entry.Name)} => {value(entry.Request)},");
        }

        code.Line($"_ => {otherwise},");
    }).Line("};");
}
