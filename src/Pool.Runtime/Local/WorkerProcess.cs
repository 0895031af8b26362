using System.Diagnostics;
using Eformer.Pool.Workers;

namespace Eformer.Pool.Local;

/// <summary>
/// A worker process that lives as long as this object. It watches its standard input, so it ends even when we are killed.
/// </summary>
internal sealed class WorkerProcess : IAsyncDisposable
{
    private static readonly TimeSpan s_endGrace = TimeSpan.FromSeconds(10);
    private readonly Process _process;
    private readonly TimeProvider _clock;
    private readonly List<string> _complaints = [];

    private WorkerProcess(Process process, TimeProvider clock)
    {
        _process = process;
        _clock = clock;
    }

    /// <summary>Starts the program. Secrets go through files, never through arguments or the environment.</summary>
    public static WorkerProcess Start(string program, IEnumerable<string> arguments, TimeProvider clock)
    {
        ProcessStartInfo start = new(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.Environment.Remove("EFORMER_STORE");
        Process process = Process.Start(start) ?? throw new InvalidOperationException($"'{program}' did not start.");
        WorkerProcess worker = new(process, clock);
        process.ErrorDataReceived += worker.KeepComplaint;
        process.BeginErrorReadLine();
        return worker;
    }

    /// <summary>Its id.</summary>
    public int Id => _process.Id;

    /// <summary>Whether the process has ended.</summary>
    public bool HasEnded => _process.HasExited;

    /// <summary>Completes when the process has ended.</summary>
    public Task Exited => _process.WaitForExitAsync(CancellationToken.None);

    /// <summary>Waits for the line that starts with <c>ready</c>.</summary>
    /// <exception cref="SlicePoolException"><c>WorkerFailed</c>, with what the process said.</exception>
    public async Task WaitReadyAsync(TimeSpan limit, CancellationToken cancellationToken)
    {
        using CancellationTokenSource deadline = new(limit, _clock);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            while (await _process.StandardOutput.ReadLineAsync(either.Token) is { } line)
            {
                if (line.StartsWith("ready", StringComparison.Ordinal))
                {
                    // What it says later must be read too, or it would block on a full pipe.
                    _ = _process.StandardOutput.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
                    return;
                }
            }

            await _process.WaitForExitAsync(either.Token);
            throw Failed($"ended with exit code {_process.ExitCode}");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw Failed($"was not ready within {limit.TotalSeconds:0} seconds");
        }
    }

    /// <summary>Asks it to end, for one that does not watch its standard input.</summary>
    public void Terminate()
    {
        if (!_process.HasExited)
        {
            ProcessSignal.TrySend(_process.Id, ProcessSignal.Terminate);
        }
    }

    /// <summary>Leaves the process alone: it goes on when this one has ended.</summary>
    public void LetGo() => _process.Dispose();

    /// <summary>Ends the process: closes its input, waits, and kills it with its children when it does not end.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            _process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It has ended already; that is what was wanted.
        }

        using CancellationTokenSource grace = new(s_endGrace, _clock);
        try
        {
            await _process.WaitForExitAsync(grace.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync(CancellationToken.None);
        }

        _process.Dispose();
    }

    private void KeepComplaint(object sender, DataReceivedEventArgs line)
    {
        lock (_complaints)
        {
            if (line.Data is { Length: > 0 } && _complaints.Count < 20)
            {
                _complaints.Add(line.Data);
            }
        }
    }

    private SlicePoolException Failed(string what)
    {
        string said;
        lock (_complaints)
        {
            said = _complaints.Count == 0 ? "" : " It said: " + string.Join(" | ", _complaints);
        }

        return new SlicePoolException(
            "WorkerFailed",
            PoolErrorCategory.ResourceUnavailable,
            $"The worker process '{Path.GetFileName(_process.StartInfo.FileName)} {_process.StartInfo.ArgumentList[0]}' {what}.{said}",
            "Run that command in a terminal to see more.",
            _process.StartInfo.FileName);
    }
}
