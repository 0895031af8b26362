using System.Diagnostics;

namespace Eformer.Pool.HostWorker.Preemption;

/// <summary>A command that announces by exit code 0; its first line of output is the reason. Any other exit code is "no".</summary>
/// <remarks>It is run by the shell, with the rights of the agent, and killed with all it started when it takes longer than 5 s.</remarks>
internal sealed class CommandPreemptionNotice(string command, TimeProvider clock) : IPreemptionNotice
{
    // What sh(1) ends with when it cannot run a command, or find it.
    private const int CannotRun = 126;
    private const int NotFound = 127;
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(5);

    public string Source => $"command '{command}'";

    public TimeSpan Period { get; } = TimeSpan.FromSeconds(1);

    public async Task<string?> ReadAsync(CancellationToken cancellationToken)
    {
        using CancellationTokenSource limit = new(s_limit, clock);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        using Process process = Process.Start(Start())!;
        try
        {
            return await AnswerAsync(process, either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"It did not end within {s_limit.TotalSeconds:0} s.");
        }
        finally
        {
            await EndAsync(process);
        }
    }

    private async Task<string?> AnswerAsync(Process process, CancellationToken cancellationToken)
    {
        process.StandardInput.Close();
        string? line = await process.StandardOutput.ReadLineAsync(cancellationToken);

        // The rest is read too, or a command that says much would wait for us for ever.
        _ = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null, cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return process.ExitCode switch
        {
            0 => PreemptionReason.Of(line, $"command '{command}' says so"),
            CannotRun or NotFound => throw new InvalidOperationException($"The shell could not run it (exit code {process.ExitCode})."),
            _ => null,
        };
    }

    private static async Task EndAsync(Process process)
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
        }
    }

    private ProcessStartInfo Start()
    {
        string[] arguments = OperatingSystem.IsWindows() ? ["/c", command] : ["-c", command];
        return new ProcessStartInfo(OperatingSystem.IsWindows() ? "cmd.exe" : "/bin/sh", arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
    }
}
