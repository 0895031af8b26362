using System.Management.Automation;
using System.Reflection.PortableExecutable;
using System.Text;
using Eformer.Pool.Module.Tests.Engines;

namespace Eformer.Pool.Module.Tests.Packages;

/// <summary>What a user's project gets of the packages.</summary>
public sealed class PackageTests(PackedProjects projects) : IClassFixture<PackedProjects>
{
    private const string Things = "Acme.Things";
    private const string Once = "Acme.Once";

    private string Published => Path.Combine(projects.Folder, "published");

    private string ManifestOfOnce => Path.Combine(projects.Built(Once), "Acme.Once.psd1");

    private string HelpOfOnce => Path.Combine(projects.Built(Once), "en-US", "Acme.Once.dll-Help.xml");

    private string Manifest => Path.Combine(projects.Built(Things), "Acme.Things.psd1");

    [Fact]
    public void The_build_makes_a_module_that_can_be_imported()
    {
        using Engine engine = new();
        PSModuleInfo module = (PSModuleInfo)Assert.Single(engine.Run("param($Manifest) Import-Module $Manifest -PassThru", Manifest).Expect()).BaseObject;
        Assert.Equal(["Get-Number", "Get-Thing", "Measure-Thing"], module.ExportedCmdlets.Keys.Order());
        Assert.Equal(["gth"], module.ExportedAliases.Keys);
        Assert.Equal((new Version(2, 3, 4), "It's Acme", "Things, ‘measured’."), (module.Version, module.Author, module.Description));
        Assert.Equal("Eformer.Pool", Assert.Single(module.RequiredModules).Name);
        Assert.Equal("https://acme.example/help", module.HelpInfoUri);
        // The engine tells of them once for the list and once for the gallery.
        Assert.Equal(["things", "measuring"], module.Tags.Distinct());
    }

    [Fact]
    public void Its_cmdlets_have_the_shared_parameters_and_help_from_the_comments()
    {
        using Engine engine = new();
        Assert.Equal(
            ["True True True", "Measures & tells.", "What to measure."],
            engine.Run("""
                param($Manifest)
                Import-Module $Manifest
                $parameters = (Get-Command Measure-Thing).Parameters
                "$($parameters.ContainsKey('Box')) $($parameters.ContainsKey('AsJob')) $($parameters.ContainsKey('Slice'))"
                (Get-Help Measure-Thing).Synopsis
                (Get-Help Measure-Thing -Parameter Box).description.Text
                """, Manifest).Expect().Select(item => item.ToString()));
    }

    [Fact]
    public void It_has_nothing_beside_it_that_the_session_has() => Assert.Equal(
        ["Acme.Things.dll"], Directory.GetFiles(projects.Built(Things), "*.dll", SearchOption.AllDirectories).Select(file => Path.GetFileName(file)));

    [Fact]
    public void What_is_published_is_a_module_and_a_program_too()
    {
        using Engine engine = new();
        Assert.Equal("Measure-Thing", Assert.Single(engine.Run(
            "param($Manifest) Import-Module $Manifest; (Get-Command Measure-Thing).Name", Path.Combine(Published, Things, "Acme.Things.psd1")).Texts));
        Assert.True(File.Exists(Path.Combine(Published, Things, "en-US", "Acme.Things.dll-Help.xml")));
        Assert.True(File.Exists(Path.Combine(Published, "Acme.Program", "dependencies", "StackExchange.Redis.dll")));
    }

    [Fact]
    public void A_manifest_of_the_user_s_own_is_left_as_it_is()
    {
        string manifest = Path.Combine(projects.Built("Acme.Own"), "Acme.Own.psd1");
        Assert.Contains("'9.9'", File.ReadAllText(manifest), StringComparison.Ordinal);
        using Engine engine = new();
        Assert.Equal("own", Assert.Single(engine.Run("param($Manifest) Import-Module $Manifest; Get-Own", manifest).Texts));
    }

    [Fact]
    public void Help_of_the_user_s_own_is_left_as_it_is()
    {
        string own = Path.Combine(projects.Folder, Once, "en-US", "Acme.Once.dll-Help.xml");
        Directory.CreateDirectory(Path.GetDirectoryName(own)!);
        File.WriteAllText(own, "<helpItems>by hand</helpItems>");
        try
        {
            projects.BuildAgain(Once);
            Assert.Equal(File.ReadAllText(own), File.ReadAllText(HelpOfOnce));
        }
        finally
        {
            File.Delete(own);
        }

        projects.BuildAgain(Once);
        Assert.Contains("Counts once.", File.ReadAllText(HelpOfOnce), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Tags", "'a'", "'Tags' is no entry of a module manifest")]
    [InlineData("HelpInfoURI", "", "'HelpInfoURI' has no Value")]
    public void An_entry_that_would_spoil_the_manifest_is_an_error_of_the_build(string name, string value, string message)
    {
        Exception failure = Assert.ThrowsAny<Exception>(() => projects.BuildAgain(Once, $"-p:EntryName={name}", $"-p:EntryValue={value}"));
        Assert.Contains(message, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_module_that_was_published_below_its_project_is_no_manifest_of_the_user_s_own()
    {
        string folder = Path.Combine(projects.Folder, Once, "published") + Path.DirectorySeparatorChar;
        projects.BuildAgain(Once, "-t:Publish", $"-p:PublishDir={folder}");
        try
        {
            Assert.True(File.Exists(Path.Combine(folder, "Acme.Once.psd1")));
            projects.BuildAgain(Once);
            Assert.True(File.Exists(ManifestOfOnce) && File.Exists(HelpOfOnce));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    [InlineData("by-hand.psd1", "Acme.Once.psd1")]
    [InlineData("by-hand.xml", "en-US/Acme.Once.dll-Help.xml")]
    public void A_manifest_and_help_may_be_links_to_other_files(string file, string link)
    {
        string own = Path.Combine(projects.Folder, file);
        File.WriteAllText(own, "@{ ModuleVersion = '1.0' }");
        try
        {
            projects.BuildAgain(Once, $"-p:LinkedFile={own}", $"-p:LinkedAs={link}");
            Assert.Equal(File.ReadAllText(own), File.ReadAllText(Path.Combine(projects.Built(Once), link)));
        }
        finally
        {
            File.Delete(own);
            projects.BuildAgain(Once, "-t:Rebuild");
        }
    }

    [Fact]
    public void Comments_that_the_user_does_not_write_are_not_asked_for()
    {
        projects.BuildAgain(Once, "-t:Rebuild", "-p:TreatWarningsAsErrors=true");
        Assert.Contains("Counts once.", File.ReadAllText(HelpOfOnce), StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_written_goes_with_the_last_cmdlet_and_when_the_project_is_cleaned()
    {
        projects.BuildAgain(Once);
        Assert.True(File.Exists(ManifestOfOnce) && File.Exists(HelpOfOnce));
        projects.BuildAgain(Once, "-p:HasCmdlets=false");
        Assert.False(File.Exists(ManifestOfOnce) || File.Exists(HelpOfOnce));
        projects.BuildAgain(Once);
        Assert.True(File.Exists(ManifestOfOnce) && File.Exists(HelpOfOnce));
        projects.BuildAgain(Once, "-t:Clean");
        Assert.False(File.Exists(ManifestOfOnce) || File.Exists(HelpOfOnce));
    }

    [Fact]
    public void The_pages_of_the_rules_come_along() => Assert.Equal(
        Directory.GetFiles(Path.Combine(Places.Root, "docs", "analyzers")).Select(page => Path.GetFileName(page)).Order(),
        Directory.GetFiles(projects.Packages, "*.md", SearchOption.AllDirectories)
            .Where(page => page.Contains(Path.Combine("docs", "analyzers"), StringComparison.Ordinal)).Select(page => Path.GetFileName(page)).Order());

    [Fact]
    public void What_is_packed_is_for_every_processor_and_names_no_folder_of_the_build()
    {
        string[] assemblies = Directory.GetFiles(projects.Packages, "Eformer.*.dll", SearchOption.AllDirectories);
        Assert.Equal(5, assemblies.Length);
        Assert.All(assemblies, file =>
        {
            byte[] image = File.ReadAllBytes(file);
            using PEReader reader = new(new MemoryStream(image));
            // What is built for one processor has its name here; what is for all has the first one ever.
            Assert.Equal((Machine.I386, CorFlags.ILOnly), (reader.PEHeaders.CoffHeader.Machine, reader.PEHeaders.CorHeader!.Flags & (CorFlags.ILOnly | CorFlags.Requires32Bit)));
            Assert.Equal(-1, image.AsSpan().IndexOf(Encoding.UTF8.GetBytes(Places.Root)));
        });
    }

    [Fact]
    public void Contracts_are_written_when_asked_for()
    {
        string contracts = File.ReadAllText(Path.Combine(projects.Folder, Things, "PoolContracts.txt"));
        Assert.Contains("function Acme.Things.Things.MeasureAsync\n", contracts, StringComparison.Ordinal);
        Assert.Contains("member Acme.Things.Box.Height: int optional\n", contracts, StringComparison.Ordinal);
    }

    [Fact]
    public void A_program_finds_the_store_and_keeps_its_libraries_apart()
    {
        string folder = projects.Built("Acme.Program");
        Assert.Equal("StoreUnreachable", DotnetCommand.Run(folder, new Dictionary<string, string>(), "exec", Path.Combine(folder, "Acme.Program.dll")).Trim());
        Assert.False(File.Exists(Path.Combine(folder, "StackExchange.Redis.dll")));
        Assert.True(File.Exists(Path.Combine(folder, "dependencies", "StackExchange.Redis.dll")));
        Assert.DoesNotContain("StackExchange", File.ReadAllText(Path.Combine(folder, "Acme.Program.deps.json")), StringComparison.Ordinal);
    }

    [Fact]
    public void Its_cmdlets_run_on_hosts()
    {
        using Engine engine = new();
        engine.Run("param($Manifest) Import-Module $Manifest; $pool = New-SlicePool -Local -HostsPerSlice 2", Manifest).Expect();
        try
        {
            Typed_objects_come_back(engine);
            What_is_thrown_is_an_error(engine);
            Streams_come_as_they_are_given_and_end_with_the_pipeline(engine);
            A_job_and_a_later_session_see_them(engine);
        }
        finally
        {
            engine.Run("Get-Job | Remove-Job -Force; $pool | Remove-SlicePool").Expect();
        }
    }

    private static void Typed_objects_come_back(Engine engine)
    {
        EngineResult result = engine.Run("""
            $pool | Measure-Thing -Box @{ width = 3; Height = '2'; shape = 'round' } | ForEach-Object { "$($_.GetType()) $($_.Area) $($_.Host) $($_.Shape) $($_.PSComputerName.HostId)" }
            """);
        Assert.Equal(["Acme.Things.Size 6 0 Round 0", "Acme.Things.Size 6 1 Round 1"], result.Expect().Select(item => item.ToString()).Order());
        Assert.Contains(result.Progress, bar => bar.PercentComplete == 50);
    }

    private static void What_is_thrown_is_an_error(Engine engine)
    {
        EngineResult result = engine.Run("Measure-Thing $pool @{ Width = -1 } -HostId 1");
        ErrorRecord error = result.ExpectError("RemoteFunctionFailed");
        RemoteException thrown = Assert.IsType<RemoteException>(error.Exception);
        Assert.Equal("System.ArgumentOutOfRangeException", thrown.RemoteType);
        Assert.Contains("MeasureAsync", thrown.RemoteStackTrace, StringComparison.Ordinal);
        Assert.Matches(@"^\[.+/1\] too narrow", error.ToString());
    }

    private static void Streams_come_as_they_are_given_and_end_with_the_pipeline(Engine engine)
    {
        Assert.Equal(["1", "2", "3"], engine.Run("$pool | Get-Number -To 3 -HostId 0").Expect().Select(item => item.ToString()));
        Assert.NotEmpty(engine.RunAndStop("$pool | Get-Number", output => output.Count > 3).Output);
        // Their hosts are free again.
        Assert.Equal(["1", "1"], engine.Run("$pool | Get-Number -To 1").Expect().Select(item => item.ToString()));
    }

    private static void A_job_and_a_later_session_see_them(Engine engine) => Assert.Equal(
        ["Completed 3", "Completed 3"],
        engine.Run("""
            $job = $pool | Measure-Thing -Box @{ Width = 3 } -AsJob -RunId things
            $null = $job | Wait-Job
            "$($job.State) $(@($job | Receive-Job)[0].Area)"
            "$((Get-SlicePoolRun things).State) $(@(Receive-SlicePoolRun things)[0].Area)"
            """).Expect().Select(item => item.ToString()));
}
