using System.Management.Automation;
using Eformer.Pool.Module.Tests.Engines;

namespace Eformer.Pool.Module.Tests;

/// <summary>Functions that stand for commands of the hosts.</summary>
[Collection(LocalPoolGroup.Name)]
public sealed class ImportFunctionTests : IDisposable
{
    private const string Tools = """
        <#
        .SYNOPSIS
        Gets boxes.
        .PARAMETER Name
        Which of them.
        #>
        function Get-Box {
            [CmdletBinding(DefaultParameterSetName = 'ByName')]
            param(
                [Parameter(Mandatory, Position = 0, ParameterSetName = 'ByName')] [Alias('Label')] [string[]] $Name,
                [Parameter(Mandatory, ParameterSetName = 'ById', ValueFromPipeline)] [int] $Id,
                [ValidateSet('Small', 'Big')] [string] $Size = 'Small',
                [switch] $Open
            )
            process { "$($PSCmdlet.ParameterSetName) $Name $Id $Size $Open $env:TPU_HOST_ID" }
        }
        function Stop-Box { [Alias('spbox')] param() throw 'stuck' }
        function Join-Box($First, $Second = 5) { "$First $Second $($args -join ',') $(@($input) -join ',')" }
        function Show-Box { [CmdletBinding()] param() Write-Verbose 'told'; Write-Debug 'deep' }
        filter Convert-Box { "<$_>" }
        function Read-Spoilt { param(${odd name}) }
        """;

    private readonly LocalPool _local;
    private readonly string _folder = Directory.CreateTempSubdirectory("module-import-").FullName;

    public ImportFunctionTests(LocalPool local)
    {
        _local = local;
        string folder = Directory.CreateDirectory(Path.Combine(_folder, "Boxes")).FullName;
        File.WriteAllText(Path.Combine(folder, "Boxes.psm1"), Tools);
        Assert.Equal(["SlicePool-" + Assert.Single(local.Run("$pool.Name").Texts)], local.Run("param($folder) (Import-SlicePoolFunction $pool *-Box -Module $folder -PassThru).Name", folder).Expect().Select(item => item.ToString()));
    }

    public void Dispose()
    {
        _local.Run("Get-Module SlicePool-* | Remove-Module; Get-Job | Remove-Job -Force").Expect();
        Assert.Empty(_local.Run("Get-Command Get-Box -ErrorAction Ignore").Expect());
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void They_run_on_the_hosts_with_their_arguments() => Assert.Equal(
        ["ByName a b 0 Big True 0", "ByName a b 0 Big True 1", "ByName a b 0 Big True 2", "ByName a b 0 Big True 3"],
        _local.Run("Get-Box a, b -Size Big -Open -Slice 0").Expect().Select(item => item.ToString()).Order());

    [Fact]
    public void Objects_of_the_pipeline_go_there() => Assert.Equal(
        ["ById  1 Small False 0", "ById  2 Small False 0"], _local.Run("1, 2 | Get-Box -Slice 1 -HostId 0").Expect().Select(item => item.ToString()));

    [Theory]
    [InlineData("Join-Box a -Slice 0 -HostId 0", "a 5  ")]
    [InlineData("Join-Box a b c -x 2 -Slice 0 -HostId 0", "a b c,-x,2 ")]
    [InlineData("1, 2 | Join-Box -Second 3 -Slice 0 -HostId 0", " 3  1,2")]
    [InlineData("1, $null, 'a' | Convert-Box -Slice 0 -HostId 0", "<1>", "<>", "<a>")]
    public void Simple_functions_take_further_arguments_and_input(string script, params string[] expected) =>
        Assert.Equal(expected, _local.Run(script).Expect().Select(item => item.ToString()));

    [Theory]
    [InlineData("Show-Box -Slice 0 -HostId 0 4>&1 5>&1")]
    [InlineData("Show-Box -Verbose -Slice 0 -HostId 0 4>&1 5>&1", "told")]
    [InlineData("Show-Box -Debug -Slice 0 -HostId 0 4>&1 5>&1", "deep")]
    [InlineData("Convert-Box -Verbose -Slice 0 -HostId 0", "<>")]
    public void What_is_asked_for_by_common_parameters_is_written(string script, params string[] expected) =>
        Assert.Equal(expected, _local.Run(script).Expect().Select(item => item.ToString()).Where(text => expected.Length == 0 || expected.Contains(text)));

    [Fact]
    public void A_command_that_cannot_be_used_is_not_told_to_be_missing_too() => Assert.Equal(
        ["FunctionMetadataInvalid"],
        _local.Run("param($folder) Import-SlicePoolFunction $pool Read-Spoilt -Module $folder", Path.Combine(_folder, "Boxes")).ErrorIds);

    [Fact]
    public void Objects_name_their_host() => Assert.Equal(
        "True", Assert.Single(_local.Run("\"$((Get-Box a -Slice 0 -HostId 2).PSComputerName)\".EndsWith('/2')").Texts));

    [Fact]
    public void Sets_aliases_values_and_help_are_the_hosts_own() => Assert.Equal(
        ["ByName 2", "Label", "Small Big", "System.String[]", "True", "Gets boxes.", "Which of them."],
        _local.Run("""
            $command = Get-Command Get-Box
            "$($command.DefaultParameterSet) $($command.ParameterSets.Count)"
            $command.Parameters.Name.Aliases[0]
            $command.Parameters.Size.Attributes.ValidValues -join ' '
            $command.Parameters.Name.ParameterType.FullName
            $command.Parameters.Open.SwitchParameter
            (Get-Help Get-Box).Synopsis
            (Get-Help Get-Box -Parameter Name).description.Text
            """).Expect().Select(item => item.ToString()));

    [Theory]
    [InlineData("Get-Box a -Size Huge", "ParameterArgumentValidationError")]
    [InlineData("Get-Box a -Id 1", "PositionalParameterNotFound")]
    [InlineData("Get-Box a -Nothing 1", "NamedParameterNotFound")]
    public void What_does_not_fit_is_refused_here(string script, string id) => Assert.Equal([id], _local.Run(script).ErrorIds);

    [Fact]
    public void What_goes_wrong_on_a_host_is_its_error()
    {
        EngineResult result = _local.Run("Stop-Box -Slice 0 -HostId 1");
        Assert.Matches(@"^\[.+/1\] stuck$", Assert.Single(result.Errors).ToString());
    }

    [Fact]
    public void It_can_be_a_job() => Assert.Equal(
        ["SlicePoolRun 8"], _local.Run("$job = Get-Box a -AsJob; \"$($job.PSJobTypeName) $(@($job | Receive-Job -Wait).Count)\"").Texts);

    [Fact]
    public void A_prefix_keeps_it_apart() => Assert.Equal(
        ["1"], _local.Run("param($folder) Import-SlicePoolFunction $pool Get-Box -Module $folder -Prefix Pool; @(Get-PoolBox a -Slice 0 -HostId 0).Count", Path.Combine(_folder, "Boxes")).Texts);

    [Fact]
    public void A_command_that_the_session_has_is_left_alone_unless_told_otherwise()
    {
        EngineResult result = _local.Run("""
            param($folder)
            Remove-Module SlicePool-*
            function Stop-Box { 'mine' }
            Import-SlicePoolFunction $pool Stop-Box -Module $folder
            Stop-Box
            """, Path.Combine(_folder, "Boxes"));
        Assert.Equal(["mine"], result.Expect().Select(item => item.ToString()));
        Assert.Contains("Stop-Box", Assert.Single(result.Warnings), StringComparison.Ordinal);
        Assert.Equal(
            ["stuck"],
            _local.Run("""
                param($folder)
                Import-SlicePoolFunction $pool Stop-Box -Module $folder -AllowClobber
                try { Stop-Box -Slice 0 -HostId 0 -ErrorAction Stop } catch { $_.Exception.Message }
                Remove-Module SlicePool-*
                """, Path.Combine(_folder, "Boxes")).Texts);
    }

    [Fact]
    public void A_command_that_no_host_has_is_an_error_that_names_it()
    {
        ErrorRecord error = _local.Run("Import-SlicePoolFunction $pool Get-NoSuchThing").ExpectError("FunctionNotFound");
        Assert.Contains("'Get-NoSuchThing'", error.ToString(), StringComparison.Ordinal);
        Assert.Equal("Get-NoSuchThing", error.TargetObject);
    }

    [Theory]
    [InlineData("spbox", "'spbox'", "'Stop-Box'")]
    [InlineData("spbo*", "'spbox'", "'Stop-Box'")]
    [InlineData("gcm", "'gcm'", "'Get-Command'")]
    public void A_name_that_is_an_alias_there_is_told_with_what_to_import(string name, string alias, string target)
    {
        ErrorRecord error = _local.Run("param($folder, $name) Import-SlicePoolFunction $pool $name -Module $folder", Path.Combine(_folder, "Boxes"), name)
            .ExpectError("FunctionIsAlias");
        Assert.Contains($"{alias} is an alias there and stands for {target}", error.ToString(), StringComparison.Ordinal);
        Assert.Contains($"Import {target}", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.Equal(name, error.TargetObject);
    }

    [Fact]
    public void An_alias_does_not_cost_the_commands_beside_it() => Assert.Equal(
        ["Stop-Box"],
        _local.Run("""
            param($folder)
            Remove-Module SlicePool-*
            (Import-SlicePoolFunction $pool *-Box, spbox -Module $folder -PassThru -ErrorAction Ignore).ExportedFunctions.Keys -eq 'Stop-Box'
            """, Path.Combine(_folder, "Boxes")).Texts);
}
