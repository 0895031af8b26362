using Eformer.Pool.Module.Tests.Engines;

namespace Eformer.Pool.Module.Tests;

/// <summary>However a run is cut short, it ends on its hosts, and the pool is as good as before.</summary>
[Collection(LocalPoolGroup.Name)]
public sealed class StopTests(LocalPool local) : IDisposable
{
    // Each host writes down that it is alive, again and again, until it is stopped.
    private const string Endless = """
        Invoke-OnEachHost -ArgumentList $marks {
            param($marks)
            "started $env:TPU_SLICE_NAME/$env:TPU_HOST_ID"
            $file = "$marks/$env:TPU_SLICE_NAME-$env:TPU_HOST_ID"
            while ($true) { [IO.File]::AppendAllText($file, '.'); [Threading.Thread]::Sleep(20) }
        }
        """;

    private readonly string _marks = Directory.CreateTempSubdirectory("module-tests-").FullName;

    public void Dispose() => Directory.Delete(_marks, recursive: true);

    [Fact]
    public void Ctrl_C_stops_the_run_on_all_hosts()
    {
        int processes = Warm();
        local.Run("param($folder) $marks = $folder", _marks).Expect();
        EngineResult result = local.Engine.RunAndStop($"$pool | {Endless}", output => output.Count == 8);
        Assert.Equal(8, result.Output.Count);
        AssertStopped(processes);
    }

    [Fact]
    public void A_pipeline_that_wants_no_more_stops_the_run()
    {
        int processes = Warm();
        EngineResult result = local.Run($$"""param($marks) foreach ($once in 1) { $pool | {{Endless}} | & { process { $_; break } } }""", _marks);
        Assert.Single(result.Expect());
        AssertStopped(processes);
    }

    [Fact]
    public void ErrorAction_Stop_stops_the_run()
    {
        int processes = Warm();
        EngineResult result = local.Run(
            $$"""
            param($marks)
            $pool | Invoke-OnEachHost -ErrorAction Stop -ArgumentList $marks {
                param($marks)
                if ({{LocalPool.IsHost12}}) { throw 'boom' }
                $file = "$marks/$env:TPU_SLICE_NAME-$env:TPU_HOST_ID"
                while ($true) { [IO.File]::AppendAllText($file, '.'); [Threading.Thread]::Sleep(20) }
            }
            """,
            _marks);
        Assert.NotNull(result.Failure);
        AssertStopped(processes);
    }

    [Fact]
    public void A_script_that_cannot_be_interrupted_is_stopped_too()
    {
        Warm();
        local.Engine.RunAndStop(
            "$pool | Invoke-OnEachHost -HostId 0 { 'started'; [Threading.Thread]::Sleep(60000) }",
            output => output.Count == 2);
        Assert.Equal(8, local.Run("$pool | Invoke-OnEachHost { 1 }").Expect().Count);
    }

    /// <summary>Has every host start its runner, and counts the pool's processes.</summary>
    private int Warm()
    {
        Assert.Equal(8, local.Run("$pool | Invoke-OnEachHost { 1 } -Isolation Session").Expect().Count);
        return PoolProcesses.Using(local.Folder).Count;
    }

    private void AssertStopped(int processes)
    {
        // At once, not some time later: nobody is busy, and nothing is written any more.
        Assert.Equal(8, local.Run("$pool | Invoke-OnEachHost { 1 } -Isolation Session").Expect().Count);
        long written = Written();
        Assert.False(Wait.Until(() => Written() > written, TimeSpan.FromMilliseconds(300)));
        Assert.Equal("2 Active", Assert.Single(local.Run("\"$($pool.SliceCount) $($pool.State)\"").Texts));
        Assert.True(Wait.Until(() => PoolProcesses.Using(local.Folder).Count <= processes, TimeSpan.FromMinutes(2)));
    }

    private long Written() => Directory.GetFiles(_marks).Sum(file => new FileInfo(file).Length);
}
