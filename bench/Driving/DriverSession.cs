using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace Eformer.Pool.Bench.Driving;

/// <summary>A session of a real engine with the module imported: what a user of pwsh has.</summary>
internal sealed class DriverSession : IDisposable
{
    private readonly Runspace _runspace = OpenRunspace();
    private readonly Dictionary<string, string> _timed = [];

    /// <summary>Opens the session.</summary>
    public DriverSession() => Run("param($Manifest) Import-Module $Manifest", Shipped.Manifest);

    /// <summary>A runspace whose scripts run on the thread that starts them.</summary>
    public static Runspace OpenRunspace()
    {
        InitialSessionState state = InitialSessionState.CreateDefault2();
        state.ThreadOptions = PSThreadOptions.UseCurrentThread;
        Runspace runspace = RunspaceFactory.CreateRunspace(state);
        runspace.Open();
        return runspace;
    }

    /// <summary>Runs a script in the session's own scope.</summary>
    /// <returns>The last thing it wrote, without the engine's wrapper; null when it wrote nothing.</returns>
    /// <exception cref="InvalidOperationException">It wrote an error.</exception>
    public object? Run(string script, params object[] arguments) => Run(shell =>
    {
        shell.AddScript(script, useLocalScope: false);
        Array.ForEach(arguments, argument => shell.AddArgument(argument));
    });

    /// <summary>Runs a statement, and times it inside the session: starting a pipeline from outside is not counted.</summary>
    public TimeSpan Time(string statement)
    {
        // As a function it is compiled once, like a line in a loop of a script.
        if (!_timed.TryGetValue(statement, out string? name))
        {
            name = $"Measure-Statement{_timed.Count}";
            Run($"function {name} {{ $start = [System.Diagnostics.Stopwatch]::GetTimestamp(); {statement}; [System.Diagnostics.Stopwatch]::GetElapsedTime($start) }}");
            _timed.Add(statement, name);
        }

        return (TimeSpan)Run(shell => shell.AddCommand(name, useLocalScope: false))!;
    }

    /// <inheritdoc/>
    public void Dispose() => _runspace.Dispose();

    private object? Run(Action<PowerShell> prepare)
    {
        using PowerShell shell = PowerShell.Create();
        shell.Runspace = _runspace;
        prepare(shell);
        PSObject? last = shell.Invoke().LastOrDefault();
        return shell.Streams.Error.Count == 0
            ? last?.BaseObject
            : throw new InvalidOperationException(string.Join("; ", shell.Streams.Error.Select(error => error.ToString())));
    }
}
