using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace Eformer.Pool.Bench.Driving;

/// <summary>A session of a real engine with the module imported: what a user of pwsh has.</summary>
internal sealed class DriverSession : IDisposable
{
    private readonly Runspace _runspace = OpenRunspace();

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
    public object? Run(string script, params object[] arguments)
    {
        using PowerShell shell = PowerShell.Create();
        shell.Runspace = _runspace;
        shell.AddScript(script, useLocalScope: false);
        foreach (object argument in arguments)
        {
            shell.AddArgument(argument);
        }

        PSObject? last = shell.Invoke().LastOrDefault();
        return shell.Streams.Error.Count == 0
            ? last?.BaseObject
            : throw new InvalidOperationException(string.Join("; ", shell.Streams.Error.Select(error => error.ToString())));
    }

    /// <summary>Runs a statement, and times it inside the session: starting a pipeline from outside is not counted.</summary>
    public TimeSpan Time(string statement) => TimeSpan.FromMilliseconds(Convert.ToDouble(
        Run($"$start = [System.Diagnostics.Stopwatch]::GetTimestamp(); {statement}; [System.Diagnostics.Stopwatch]::GetElapsedTime($start).TotalMilliseconds"),
        CultureInfo.InvariantCulture));

    /// <inheritdoc/>
    public void Dispose() => _runspace.Dispose();
}
