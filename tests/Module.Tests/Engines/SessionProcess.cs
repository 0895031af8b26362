using System.Diagnostics;

namespace Eformer.Pool.Module.Tests.Engines;

/// <summary>A session in a process of its own.</summary>
internal static class SessionProcess
{
    /// <summary>Runs a script in a new process and gives what it printed.</summary>
    public static (int ExitCode, string Output, string Errors) Run(string script, params string[] arguments)
    {
        string file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, script);
            ProcessStartInfo start = new(Environment.ProcessPath!, Arguments(file, arguments))
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                RedirectStandardInput = true,
            };
            using Process process = Process.Start(start)!;
            process.StandardInput.Close();
            Task<string> errors = process.StandardError.ReadToEndAsync();
            string output = process.StandardOutput.ReadToEnd();
            Assert.True(process.WaitForExit(TimeSpan.FromSeconds(60)));
            return (process.ExitCode, output, errors.GetAwaiter().GetResult());
        }
        finally
        {
            File.Delete(file);
        }
    }

    // Under 'dotnet exec' the process is dotnet, which has to be told the program.
    private static string[] Arguments(string file, string[] arguments)
    {
        string program = typeof(SessionProcess).Assembly.Location;
        bool isDotnet = Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet";
        return isDotnet ? [program, "session", file, .. arguments] : ["session", file, .. arguments];
    }
}
