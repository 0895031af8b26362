using System.Management.Automation;
using Eformer.Pool.HostWorker.Engines;
using Eformer.Pool.HostWorker.Runners;
using Eformer.Pool.HostWorker.Runners.Inside;
using Eformer.Pool.HostWorker.Tests.Support;

namespace Eformer.Pool.HostWorker.Tests.Runners;

public sealed class MissingCommandTests
{
    [Theory]
    [InlineData("Get-Mine", false)]
    [InlineData("& { Get-Mine }", false)]
    [InlineData("$ErrorActionPreference = 'Stop'; Get-Mine", true)]
    [InlineData("try { Get-Mine } catch { throw }", true)]
    [InlineData("function f { Get-Mine }; try { f } catch { $PSCmdlet; throw $_ }", true)]
    [InlineData("[void][Func[object, object]].GetMethod('Invoke').Invoke([Func[object, object]] { param($x) $ErrorActionPreference = 'Stop'; Get-Mine }, @(1))", null)]
    public async Task The_error_names_the_command_and_how_to_send_it_along(string script, bool? throws)
    {
        await using RunnerBench bench = await RunnerBench.StartAsync();
        RunResult result = await bench.RunAsync(script);
        PSObject error = Assert.IsType<PSObject>(result.Of(RecordKind.Error)[^1]);
        Assert.Contains("'Get-Mine'", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("-Function Get-Mine or -Module", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("-Function Get-Mine", (string)error.Properties["ErrorDetails_RecommendedAction"].Value, StringComparison.Ordinal);
        Assert.Contains("PowerShell 7.6 or later (pwsh) must be installed", error.ToString(), StringComparison.Ordinal);
        if (throws is not null)
        {
            Assert.Equal(throws == true ? RunnerEndKind.Threw : RunnerEndKind.Completed, result.End.Kind);
            Assert.Equal(throws, result.End.Evidence.Contains("-Function Get-Mine", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void An_engine_with_all_cmdlets_is_not_said_to_lack_some()
    {
        ErrorRecord error = new(new CommandNotFoundException("The term 'Get-Mine' is not known.") { CommandName = "Get-Mine" }, "id", ErrorCategory.ObjectNotFound, "Get-Mine");
        MissingCommand.Explain(error, EngineKind.Pwsh);
        Assert.Contains("-Function Get-Mine", error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("embedded", error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("install", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_file_is_sent_as_a_file_and_other_errors_are_left_alone()
    {
        ErrorRecord file = new(new CommandNotFoundException("The term './x.sh' is not known.") { CommandName = "./x.sh" }, "id", ErrorCategory.ObjectNotFound, null);
        MissingCommand.Explain(file, EngineKind.Pwsh);
        Assert.Contains("-File", file.ToString(), StringComparison.Ordinal);
        ErrorRecord other = new(new IOException("io"), "id", ErrorCategory.ReadError, null);
        MissingCommand.Explain(other, EngineKind.Embedded);
        Assert.Null(other.ErrorDetails);
    }
}
