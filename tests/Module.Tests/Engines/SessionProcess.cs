using System.Diagnostics;

namespace Eformer.Pool.Module.Tests.Engines;

/// <summary>A session in a process of its own.</summary>
internal static class SessionProcess
{
    /// <summary>Runs a script in a new process, gives what it printed, and sees that nothing is left when it has ended.</summary>
    public static (int ExitCode, string Output, string Errors) Run(string script, params string[] arguments)
    {
        // A temporary folder of its own: it marks everything that the session starts, and must be empty at the end.
        string folder = Directory.CreateTempSubdirectory("session-").FullName;
        using Process process = Start(folder, script, arguments);
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        Assert.True(process.WaitForExit(TimeSpan.FromSeconds(60)));
        Assert.Empty(PoolProcesses.Using(folder));
        Assert.Empty(Directory.GetDirectories(folder));
        Directory.Delete(folder, recursive: true);
        return (process.ExitCode, output, errors.GetAwaiter().GetResult());
    }

    /// <summary>Starts a session with a script in a new process.</summary>
    /// <param name="folder">Its temporary folder, which marks everything that it starts.</param>
    /// <param name="script">The script.</param>
    /// <param name="arguments">Arguments of <see cref="SessionProgram"/>.</param>
    public static Process Start(string folder, string script, params string[] arguments)
    {
        string file = Path.Combine(folder, "script.ps1");
        File.WriteAllText(file, script);
        ProcessStartInfo start = new(Environment.ProcessPath!, Arguments(file, arguments))
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        start.Environment["TMPDIR"] = folder;
        Process process = Process.Start(start)!;
        process.StandardInput.Close();
        return process;
    }

    // Under 'dotnet exec' the process is dotnet, which has to be told the program.
    private static string[] Arguments(string file, string[] arguments)
    {
        string program = typeof(SessionProcess).Assembly.Location;
        bool isDotnet = Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet";
        return isDotnet ? [program, "session", file, .. arguments] : ["session", file, .. arguments];
    }
}
