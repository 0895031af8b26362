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
                .Block($"internal sealed class RemoteFunctions : {Functions}FunctionTable", () => WriteTable(code, table)));
        return code.ToString();
    }

    private static void WriteTable(CodeWriter code, TableModel table)
    {
        foreach (string? context in table.JsonContexts.Prepend<string?>(null))
        {
            string argument = context is null ? "null" : context + ".Default";
            code.Line($"internal static readonly {Functions}RemoteJson {Snippets.JsonMember(context)} = new {Functions}RemoteJson({argument});").Line();
        }

        code.Block("public RemoteFunctions()", () =>
        {
            foreach (TableEntry entry in table.Entries)
            {
                code.Line($"Add({entry.Request}.TheContract, new {Functions}RequestReader({entry.Request}.Read));");
            }
        });
    }
}
