using Eformer.Pool.Faults.Tests.Support;
using Xunit;

namespace Eformer.Pool.Faults.Tests.RuntimeEnvironments;

/// <summary>What a script needs comes along with it, and is gone when the lease is.</summary>
public sealed class RuntimeEnvironmentTests(SharedServers servers)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, ClassData(typeof(EachServer))]
    public async Task Functions_modules_files_and_an_initialization_script_are_there(ServerKind kind)
    {
        await using Fleet fleet = await Fleet.CreateAsync(await servers.GetAsync(kind));
        await fleet.StartAgentAsync();
        SlicePoolManager pool = await fleet.OpenPoolAsync();
        string module = Directory.CreateDirectory(fleet.PathOf("Greeting")).FullName;
        await File.WriteAllTextAsync(Path.Combine(module, "Greeting.psm1"), "function Get-Greeting { \"hello $(Get-Name)\" }", Token);
        await File.WriteAllTextAsync(fleet.PathOf("data.txt"), "from a file", Token);
        RunRequest request = new()
        {
            Script = "Get-Greeting; [IO.File]::ReadAllText(\"$env:EFORMER_FILES/data.txt\"); [IO.File]::ReadAllText('data.txt'); $global:begun; [IO.File]::WriteAllText('mine', 'x')",
            RuntimeEnvironment = new RuntimeEnvironment
            {
                Functions = new Dictionary<string, string> { ["Get-Name"] = "'Ann'" },
                Modules = [new ModuleFolder("Greeting", module, "Greeting.psm1")],
                Files = [fleet.PathOf("data.txt")],
                InitializationScript = "$global:begun += 'once'",
            },
        };
        for (int time = 0; time < 2; time++)
        {
            await using RunHandle run = await pool.StartRunAsync(request, Token);
            List<RunRecord> records = await run.ReadAsync();
            Assert.All(records.Where(record => record.Kind == RecordKind.End), record => Assert.True(record.End!.Outcome == RunOutcome.Succeeded, record.End.Evidence));
            Assert.All(run.Hosts, host => Assert.Equal(["hello Ann", "from a file", "from a file", "once"], records.OutputOf(host)));
        }

        await pool.DisposeAsync();
        Assert.Empty(Directory.EnumerateFiles(fleet.PathOf("agent"), "mine", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task A_file_that_changed_is_another_file()
    {
        await using Fleet fleet = await Fleet.CreateAsync(await servers.GetAsync(ServerKind.Garnet));
        await fleet.StartAgentAsync();
        SlicePoolManager pool = await fleet.OpenPoolAsync();
        foreach (string content in (string[])["first", "the second"])
        {
            await File.WriteAllTextAsync(fleet.PathOf("data.txt"), content, Token);
            RunRequest request = new() { Script = "[IO.File]::ReadAllText('data.txt')", RuntimeEnvironment = new RuntimeEnvironment { Files = [fleet.PathOf("data.txt")] } };
            await using RunHandle run = await pool.StartRunAsync(request, Token);
            List<RunRecord> records = await run.ReadAsync();
            Assert.All(run.Hosts, host => Assert.Equal([content], records.OutputOf(host)));
        }
    }
}
