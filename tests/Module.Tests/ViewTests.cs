using Eformer.Pool.Module.Tests.Engines;

namespace Eformer.Pool.Module.Tests;

/// <summary>What objects look like at a prompt, without the modules that come with pwsh.</summary>
public sealed class ViewTests : IDisposable
{
    private readonly Engine _engine = new();

    public void Dispose() => _engine.Dispose();

    [Fact]
    public void Results_show_where_how_and_what()
    {
        string text = _engine.Print("""
            $sent = [DateTimeOffset]::new(2026, 1, 1, 0, 0, 0, [TimeSpan]::Zero)
            $host0 = [Eformer.Pool.HostAddress]::new('s0', 0, 0, 'node-a', '')
            $host1 = [Eformer.Pool.HostAddress]::new('s0', 0, 1, 'node-b', '')
            $good = [Eformer.Pool.AttemptEnd]@{ Outcome = 'Succeeded'; Evidence = 'the script ended'; DurationMs = 12.34 }
            $bad = [Eformer.Pool.AttemptEnd]@{ Outcome = 'Failed'; Evidence = 'exit code 3'; ExitCode = 3; DurationMs = 65000 }
            [Eformer.Pool.HostResult]::From($host0, $good, $sent, @(1, 'two'), @())
            [Eformer.Pool.HostResult]::From($host1, $bad, $sent, @(), @())
            """);
        string[] lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Matches(@"^Host\s+Outcome\s+ExitCode\s+Duration\s+Output or evidence", lines[0]);
        Assert.Matches(@"^s0/0\s+Succeeded\s+12\.3 ms\s+1, two", lines[2]);
        Assert.Matches(@"^s0/1\s+Failed\s+3\s+0\.00:01:05\s+exit code 3", lines[3]);
    }

    [Fact]
    public void Members_show_slices_and_hosts()
    {
        string text = _engine.Print("""
            $actor = [Eformer.Pool.ActorHandle]::new('night/s0', 'lease', 7)
            $hosts = [Eformer.Pool.HostInfo[]]@([Eformer.Pool.HostInfo]::new(0, 's0', 4, $true, $false, 'node-a'), [Eformer.Pool.HostInfo]::new(1, 's0', 4, $false, $true, 'node-b'))
            $slice = [Eformer.Pool.SliceInfo]::new('s0', 2, '10.0.0.1', 4, [string[]]('node-a', 'node-b'), $hosts)
            $member = [Eformer.Pool.ActorPoolMember[Eformer.Pool.SliceInfo]]::new($actor, $slice)
            $member.PSTypeNames.Insert(0, 'Eformer.Pool.SliceMember')
            $member
            """);
        string[] lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Matches(@"^Slice\s+Hosts\s+Healthy\s+Devices/Host\s+IPAddress\s+Epoch", lines[0]);
        Assert.Matches(@"^s0\s+2\s+1\s+4\s+10\.0\.0\.1\s+7", lines[2]);
    }
}
