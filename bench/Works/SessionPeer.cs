using Eformer.Pool.Bench.Driving;
using Eformer.Pool.Bench.Measuring;
using Eformer.Pool.Bench.Reports;

namespace Eformer.Pool.Bench.Works;

/// <summary><c>Invoke-Command</c> over 8 open sessions by SSH to this machine: PowerShell's own remoting, where there are pwsh and an SSH server.</summary>
internal sealed class SessionPeer : IWorks
{
    private readonly OnDemand<SshServer> _server;
    private readonly OnDemand<PeerProgram> _client;

    private SessionPeer(string pwsh, BenchOptions options)
    {
        _server = new OnDemand<SshServer>(() => SshServer.StartAsync(pwsh));
        _client = new OnDemand<PeerProgram>(() => ConnectAsync(pwsh));
        Works =
        [
            new("peer: no-op on 8 sessions, Invoke-Command over SSH", () => AskAsync("no-op")) { Repetitions = options.PeerCalls },
            new("peer: no-op on 1 session, Invoke-Command over SSH", () => AskAsync("no-op one")) { Repetitions = options.PeerCalls },
            new("peer: 80,000 integers from 8 sessions, Invoke-Command over SSH", () => AskAsync("integers")) { Repetitions = options.PeerStreams },
        ];
    }

    /// <inheritdoc/>
    public IReadOnlyList<Work> Works { get; }

    /// <summary>It, where everything it needs is installed.</summary>
    public static IEnumerable<IWorks> IfInstalled(BenchOptions options, MachineFacts machine)
    {
        string? pwsh = Installed.Find("pwsh");
        string[] missing = [.. pwsh is null ? ["pwsh"] : Array.Empty<string>(), .. SshServer.Missing];
        if (pwsh is not null && missing.Length == 0)
        {
            return [new SessionPeer(pwsh, options)];
        }

        machine.AddAbsent($"Invoke-Command over SSH (not installed: {string.Join(", ", missing)})");
        return [];
    }

    /// <inheritdoc/>
    public async ValueTask RestAsync()
    {
        await _client.DisposeAsync();
        await _server.DisposeAsync();
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => RestAsync();

    private async Task<PeerProgram> ConnectAsync(string pwsh)
    {
        SshServer server = await _server.GetAsync();
        return await PeerProgram.StartAsync(
            pwsh, "-NoProfile", "-NonInteractive", "-File", PeerProgram.Script("pssession.ps1"), $"{server.Port}", server.KeyFile, SshServer.UserName);
    }

    private async Task<TimeSpan> AskAsync(string work) => await (await _client.GetAsync()).AskAsync(work);
}
