using System.Diagnostics;
using System.Globalization;

namespace Eformer.Pool.Bench.Driving;

/// <summary>
/// A peer's own client in its own language: says <c>ready</c> when it is warm, does what each line names, and answers <c>took</c> with
/// the seconds. It measures itself, so the way to it is not counted. Ends with its standard input.
/// </summary>
internal sealed class PeerProgram : IAsyncDisposable
{
    private const string Answer = "took ";
    private readonly Process _process;

    private PeerProgram(Process process) => _process = process;

    /// <summary>Starts it, and waits until it is warm.</summary>
    public static async Task<PeerProgram> StartAsync(string program, params string[] arguments)
    {
        Process process = ChildProcess.Start(program, arguments);
        await ChildProcess.AwaitLineAsync(process, "ready");
        return new PeerProgram(process);
    }

    /// <summary>Where the script of a peer lies.</summary>
    public static string Script(string name) => Path.Combine(AppContext.BaseDirectory, "Peers", name);

    /// <summary>Does one work once.</summary>
    public async Task<TimeSpan> AskAsync(string work)
    {
        await _process.StandardInput.WriteLineAsync(work);
        await _process.StandardInput.FlushAsync();
        string line = await ChildProcess.AwaitLineAsync(_process, Answer);
        return TimeSpan.FromSeconds(double.Parse(line[Answer.Length..], CultureInfo.InvariantCulture));
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
