using Eformer.Pool.Module.Tests.Engines;

namespace Eformer.Pool.Module.Tests;

/// <summary>A session that is killed while its local pool runs something.</summary>
public class KilledSessionTests
{
    private const int Sleepers = 4;

    // On each host two children that ignore what they are told; one has left the session, and both hold the output open.
    private const string Script = """
        $pool = New-SlicePool -Local -HostsPerSlice 2
        $pool | Invoke-OnEachHost {
            /bin/sh -c "trap '' TERM HUP INT; setsid /bin/sh -c 'sleep 3600; sleep 3600' & sleep 3600; sleep 3600" | ForEach-Object { $_ }
        }
        """;

    [Fact]
    public void Nothing_of_it_is_alive_five_seconds_later()
    {
        using KilledSession session = new(Script, folder => PoolProcesses.Using(folder).Count(command => command.StartsWith("sleep")) == Sleepers);
        Assert.True(Wait.Until(() => PoolProcesses.Using(session.Folder).Count == 0, TimeSpan.FromSeconds(5)), string.Join('\n', PoolProcesses.Using(session.Folder)));
    }
}
