using System.Diagnostics;
using System.Text.Json;

namespace Eformer.Pool.Module.Tests.Engines;

/// <summary>A store and a fleet that sessions share: three TPU slices of two hosts, emulated by one agent.</summary>
public sealed class SharedFleet : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("module-fleet-").FullName;
    private readonly Process _store;
    private readonly Process? _agent;

    public SharedFleet() : this(withAgent: true)
    {
    }

    internal SharedFleet(bool withAgent)
    {
        _store = Start("store", "--directory", Path.Combine(_folder, "store"), "--owned");
        Assert.StartsWith("ready", _store.StandardOutput.ReadLine());
        string file = Path.Combine(_folder, "store", "store.json");
        Dictionary<string, string> address = JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(file), JsonSerializerOptions.Web)!;
        Store = $"{Value(address, "endpoint")},password={Value(address, "password")}";
        using Process keys = Start("keys", "new", "--fleet", Name, "--file", KeyFile);
        keys.WaitForExit();
        if (!withAgent)
        {
            return;
        }

        _agent = Start(
            "agent", "--owned", "--store-file", file, "--fleet", Name, "--keys", KeyFile, "--state", Path.Combine(_folder, "agent"),
            "--emulate", "3x2", "--slice", "tpu", "--tpu-type", "v4-16", "--devices", "4", "--label", "zone=a1", "--label", "rack=7");
        Assert.Equal("ready", _agent.StandardOutput.ReadLine());
    }

    public string Store { get; }

    /// <summary>The fleet's name.</summary>
    public const string Name = "shared";

    public string KeyFile => Path.Combine(_folder, "keys.json");

    /// <summary>A session whose commands use this fleet unless told otherwise.</summary>
    internal Engine Open()
    {
        Engine engine = new();
        engine.Run(
            """
            param($Store, $Fleet, $KeyFile)
            $PSDefaultParameterValues = @{ '*-Slice*:Store' = $Store; '*-Slice*:Fleet' = $Fleet; '*-SlicePool:KeyFile' = $KeyFile; '*-SlicePoolRun:KeyFile' = $KeyFile }
            """,
            Store, Name, KeyFile).Expect();
        return engine;
    }

    public void Dispose()
    {
        if (_agent is not null)
        {
            End(_agent);
        }

        End(_store);
        Directory.Delete(_folder, recursive: true);
    }

    private Process Start(params string[] arguments)
    {
        ProcessStartInfo start = new(Places.HostProgram, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true };
        start.Environment["TMPDIR"] = _folder;
        return Process.Start(start)!;
    }

    private static string Value(Dictionary<string, string> table, string name) =>
        table.First(pair => pair.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;

    // Owned processes end with their standard input.
    private static void End(Process process)
    {
        process.StandardInput.Close();
        if (!process.WaitForExit(TimeSpan.FromSeconds(20)))
        {
            process.Kill();
        }

        process.Dispose();
    }
}
