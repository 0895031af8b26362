using System.Diagnostics;
using Eformer.Pool.HostWorker.Runners.Containment;
using Eformer.Pool.HostWorker.Runners.Inside;
using Eformer.Pool.HostWorker.Tests.Support;

namespace Eformer.Pool.HostWorker.Tests.Runners;

/// <summary>Processes of a run that is stopped in the moment in which it starts some.</summary>
public sealed class StartedProcessesTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly Process _root;
    private readonly StartedProcesses _processes;

    public StartedProcessesTests()
    {
        // A shell that starts what it is told: what other tests start meanwhile is none of it.
        ProcessStartInfo start = new("/bin/sh", ["-c", "while read -r line; do /bin/sh -c \"$line\" & done; wait"]) { RedirectStandardInput = true };
        _root = Process.Start(start)!;
        _processes = new StartedProcesses(_root.Id);
    }

    public void Dispose()
    {
        _root.Kill(entireProcessTree: true);
        _root.WaitForExit();
        _root.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task What_was_started_while_others_were_looked_for_is_asked_too()
    {
        await StartAsync("first", "exit");
        IReadOnlyList<ProcessEntry> found = _processes.Find();
        await StartAsync("second", "echo asked > $name; exit");
        await _processes.AskToEndAsync(found);
        await Eventually.HoldsAsync(() => _processes.Find().Count == 0);
        Assert.Equal("asked", await ReadAsync("second"));
    }

    [Fact]
    public async Task What_is_started_to_end_well_is_left_alone()
    {
        await StartAsync("first", "sleep 0.3; echo saved > $name; exit");
        await _processes.AskToEndAsync(_processes.Find());
        await Eventually.HoldsAsync(() => _processes.Find().Count == 0);
        Assert.Equal("saved", await ReadAsync("first"));
    }

    private async Task StartAsync(string name, string onTerm)
    {
        string note = _folder.File(name);
        await _root.StandardInput.WriteLineAsync($"name={note}; trap '{onTerm}' TERM; echo ready > {note}; while :; do sleep 0.02; done");
        await _root.StandardInput.FlushAsync(TestContext.Current.CancellationToken);
        await Eventually.HoldsAsync(() => File.Exists(note) && new FileInfo(note).Length > 0);
    }

    private async Task<string> ReadAsync(string name) => (await File.ReadAllTextAsync(_folder.File(name), TestContext.Current.CancellationToken)).Trim();
}
