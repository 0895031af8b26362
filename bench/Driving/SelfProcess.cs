using System.Diagnostics;

namespace Eformer.Pool.Bench.Driving;

/// <summary>This program, started once more.</summary>
internal static class SelfProcess
{
    // The program itself and not 'dotnet exec', which takes longer to find what it needs.
    private static readonly string s_program =
        Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "Pool.Bench.exe" : "Pool.Bench");

    /// <summary>Starts it; what it reads and prints is ours.</summary>
    public static Process Start(params string[] arguments) => Process.Start(new ProcessStartInfo(s_program, arguments)
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
