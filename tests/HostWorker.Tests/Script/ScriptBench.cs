using System.Diagnostics;
using Eformer.Pool.HostWorker.Engines;
using Eformer.Pool.HostWorker.Script;
using Eformer.Pool.HostWorker.Tests.Support;

namespace Eformer.Pool.HostWorker.Tests.Script;

/// <summary>Runs scripts with <c>eformer-host script</c> and a small module of its own.</summary>
internal sealed class ScriptBench : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ef-");

    public ScriptBench()
    {
        Write("Eformer.Pool.psd1", "@{ RootModule = 'm.psm1'; ModuleVersion = '1.0'; FunctionsToExport = 'Get-Thing'; FormatsToProcess = 'm.format.ps1xml' }");
        Write("m.psm1", "function Get-Thing { 1..2 | ForEach-Object { [pscustomobject]@{ PSTypeName = 'My.Thing'; Name = \"n$_\"; Secret = 'hidden' } } }");
        Write(
            "m.format.ps1xml",
            """
            <Configuration><ViewDefinitions><View><Name>t</Name><ViewSelectedBy><TypeName>My.Thing</TypeName></ViewSelectedBy><TableControl>
            <TableHeaders><TableColumnHeader><Label>NAME</Label></TableColumnHeader></TableHeaders>
            <TableRowEntries><TableRowEntry><TableColumnItems><TableColumnItem><PropertyName>Name</PropertyName></TableColumnItem></TableColumnItems></TableRowEntry></TableRowEntries>
            </TableControl></View></ViewDefinitions></Configuration>
            """);
    }

    public string Folder => _folder.FullName;

    public string Write(string name, string text)
    {
        string path = Path.Combine(Folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    public Process Start(EngineKind engine, string script, params string[] arguments)
    {
        string[] options = engine == EngineKind.Pwsh ? ["--engine", "pwsh", "--pwsh", HostProgram.Pwsh!.Folder] : ["--engine", "embedded"];
        return Spawn(["script", .. options, Write("my [script].ps1", script), .. arguments], Path.Combine(Folder, "Eformer.Pool.psd1"));
    }

    public static Process Spawn(string[] arguments, string? module)
    {
        ProcessStartInfo start = new(HostProgram.Path, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        start.Environment[PoolModule.Variable] = module;
        return Process.Start(start)!;
    }

    public static async Task<ScriptResult> EndAsync(Process process)
    {
        using (process)
        {
            process.StandardInput.Close();
            Task<string> output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            Task<string> error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            return new ScriptResult(process.ExitCode, await output, await error);
        }
    }

    public Task<ScriptResult> RunAsync(EngineKind engine, string script, params string[] arguments) => EndAsync(Start(engine, script, arguments));

    public void Dispose() => _folder.Delete(recursive: true);
}
