using System.Management.Automation;
using System.Management.Automation.Runspaces;
using Shell = System.Management.Automation.PowerShell;

namespace Eformer.Pool.Module.Tests.Engines;

/// <summary>A session of a real engine with the module imported: what a user has, without pwsh around it.</summary>
internal sealed class Engine : IDisposable
{
    private readonly TextHost _host = new();
    private readonly Runspace _runspace;

    public Engine(bool import = true)
    {
        _runspace = RunspaceFactory.CreateRunspace(_host, InitialSessionState.CreateDefault2());
        _runspace.Open();
        if (import)
        {
            Run("param($Manifest) Import-Module $Manifest", Places.Manifest).Expect();
        }
    }

    /// <summary>Runs a script to its end.</summary>
    public EngineResult Run(string script, params object?[] arguments)
    {
        using Shell shell = Prepare(script, arguments);
        PSDataCollection<PSObject> output = [];
        return Finish(shell, output, () => shell.Invoke(null, output));
    }

    /// <summary>Starts a script and stops it, as Ctrl+C does, when a condition on its output so far is met.</summary>
    public EngineResult RunAndStop(string script, Func<PSDataCollection<PSObject>, bool> when)
    {
        using Shell shell = Prepare(script, []);
        PSDataCollection<PSObject> output = [];
        IAsyncResult running = shell.BeginInvoke<PSObject, PSObject>(null, output);
        Assert.True(Wait.Until(() => running.IsCompleted || when(output), TimeSpan.FromSeconds(60)));
        return Finish(shell, output, () =>
        {
            shell.Stop();
            shell.EndInvoke(running);
        });
    }

    /// <summary>Runs a script whose output is printed, as at a prompt.</summary>
    public string Print(string script, params object?[] arguments)
    {
        using Shell shell = Prepare(script, arguments);
        shell.AddCommand("Out-Default");
        shell.Invoke();
        Assert.Equal([], shell.Streams.Error.Select(error => error.ToString()));
        return _host.TakeText();
    }

    public void Dispose() => _runspace.Dispose();

    private Shell Prepare(string script, object?[] arguments)
    {
        Shell shell = Shell.Create(_runspace);
        shell.AddScript(script, useLocalScope: false);
        foreach (object? argument in arguments)
        {
            shell.AddArgument(argument);
        }

        return shell;
    }

    private EngineResult Finish(Shell shell, PSDataCollection<PSObject> output, Action end)
    {
        ErrorRecord? failure = null;
        try
        {
            end();
        }
        catch (PipelineStoppedException)
        {
            // What a stop looks like from outside.
        }
        catch (RuntimeException thrown)
        {
            failure = thrown.ErrorRecord;
        }

        return new EngineResult([.. output], shell.Streams, failure, _host.TakeText());
    }
}
