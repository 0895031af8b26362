using System.Diagnostics;

namespace Eformer.Pool.Bench.Driving;

/// <summary>Processes that say when they are ready.</summary>
internal static class ChildProcess
{
    /// <summary>This program, to be started once more: itself and not 'dotnet exec', which takes longer to find what it needs.</summary>
    public static string Self { get; } =
        Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "Pool.Bench.exe" : "Pool.Bench");

    /// <summary>Starts a program; what it reads and prints is ours.</summary>
    public static Process Start(string program, params string[] arguments) => Process.Start(new ProcessStartInfo(program, arguments)
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
    })!;

    /// <summary>Waits for a line that starts with a word.</summary>
    /// <exception cref="InvalidOperationException">It ended without.</exception>
    public static async Task<string> AwaitLineAsync(Process process, string word)
    {
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.StartsWith(word, StringComparison.Ordinal))
            {
                return line;
            }
        }

        throw new InvalidOperationException($"'{string.Join(' ', process.StartInfo.ArgumentList)}' ended without saying '{word}'.");
    }
}
