using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Runtime.InteropServices;
using Eformer.Pool.HostWorker.Engines;
using Eformer.Pool.HostWorker.Engines.Commands;

namespace Eformer.Pool.HostWorker.Script;

/// <summary>One script on the console, from the import of the module to the exit code.</summary>
internal sealed class ScriptRun : IDisposable
{
    private const int SignalBase = 128;
    private readonly EngineKind _engine;
    private readonly Lock _gate = new();
    private readonly ScriptHost _host;
    private readonly Runspace _runspace;
    private PowerShell? _current;
    private int _signal;

    /// <summary>Opens the runspace.</summary>
    public ScriptRun(EngineKind engine)
    {
        _engine = engine;
        _host = new ScriptHost();
        _runspace = EngineRunspace.Open(engine, _host);
    }

    /// <summary>Imports the module and runs the script.</summary>
    /// <returns>The process's exit code.</returns>
    public int Execute(ScriptOptions options, string module)
    {
        using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => Stop(context, 2));
        using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => Stop(context, 15));
        bool ended = Invoke(pipeline => pipeline.AddCommand("Import-Module").AddParameter("Name", module).AddParameter("ErrorAction", ActionPreference.Stop))
            && Invoke(pipeline => AddScript(pipeline, options));
        return _signal > 0 ? SignalBase + _signal : ended ? _host.ExitCode ?? 0 : _host.ExitCode ?? 1;
    }

    /// <inheritdoc/>
    public void Dispose() => _runspace.Dispose();

    // The script runs as a command, so that it knows its own path and what it requires is checked. Then "exit" ends the
    // script alone, and its code has to be handed on; without one, a script that could not even start has failed. An
    // "exit" out here would lose what formatting still holds.
    private static void AddScript(PowerShell pipeline, ScriptOptions options)
    {
        string path = options.File.Replace("'", "''", StringComparison.Ordinal);
        string script =
            $$"""
            & '{{path}}' @args
            if ($?) { return }
            if ($null -ne $LASTEXITCODE) { $Host.SetShouldExit($LASTEXITCODE); return }
            $unable = 'ParseException', 'ParameterBindingException', 'ScriptRequiresException'
            if ($Error[0].Exception.psobject.TypeNames | ForEach-Object { $unable -contains ($_ -split '[.]')[-1] } | Where-Object { $_ }) { $Host.SetShouldExit(1) }
            """;
        pipeline.AddScript(script, useLocalScope: false);
        ScriptArguments.AddTo(pipeline.Commands.Commands[0], options.Arguments);
    }

    private PowerShell Build(Action<PowerShell> build)
    {
        PowerShell pipeline = PowerShell.Create();
        pipeline.Runspace = _runspace;
        build(pipeline);
        // Errors are shown between the objects they came between.
        pipeline.Commands.Commands[0].MergeMyResults(PipelineResultTypes.Error, PipelineResultTypes.Output);
        if (_engine == EngineKind.Embedded)
        {
            pipeline.AddCommand(EmbeddedCommands.ExplainName);
        }

        return pipeline.AddCommand("Out-Default");
    }

    private bool Invoke(Action<PowerShell> build)
    {
        using PowerShell pipeline = Build(build);
        try
        {
            if (!SetCurrent(pipeline))
            {
                return false;
            }

            pipeline.Invoke();
            return pipeline.InvocationStateInfo.State == PSInvocationState.Completed;
        }
        catch (RuntimeException e)
        {
            Show(e);
            return false;
        }
        finally
        {
            SetCurrent(null);
        }
    }

    private void Show(RuntimeException problem)
    {
        if (problem is not PipelineStoppedException)
        {
            _host.UI.WriteErrorLine(ErrorText.Format(problem.ErrorRecord));
        }
    }

    private bool SetCurrent(PowerShell? pipeline)
    {
        lock (_gate)
        {
            _current = pipeline;
            return _signal == 0;
        }
    }

    // The first signal stops the script and lets its "finally" blocks run; the next one ends the process as usual.
    private void Stop(PosixSignalContext context, int signal)
    {
        lock (_gate)
        {
            context.Cancel = _signal == 0;
            _signal = signal;
            _current?.BeginStop(null, null);
        }
    }
}
