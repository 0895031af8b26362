using System.Management.Automation;

namespace Eformer.Pool.HostWorker.Runners.Inside;

/// <summary>Makes what a run needs known in its runspace: functions, modules, and what its initialization script does.</summary>
/// <remarks>
/// Functions and modules are made current again when another environment came between: it may have had the same names.
/// The initialization script runs once in a runspace.
/// </remarks>
internal sealed class RunspaceSetup(HostedRunspace place, RunInvocation run)
{
    /// <summary>Sets up an environment, as far as it is not.</summary>
    /// <exception cref="RunRefusedException">Something of it failed; the message says what.</exception>
    /// <exception cref="PipelineStoppedException">It was stopped meanwhile.</exception>
    public void Apply(RunnerSetup setup)
    {
        if (place.Setup != setup.Hash)
        {
            place.Setup = null;
            foreach ((string name, string body) in setup.Functions)
            {
                Define(name, body);
            }

            foreach (string module in setup.Modules)
            {
                Import(module);
            }

            place.Setup = setup.Hash;
        }

        if (setup.InitializationScript is { } script && !place.IsInitialized(setup.Hash))
        {
            Initialize(script);
            place.MarkInitialized(setup.Hash);
        }
    }

    // Through the provider: the embedded engine has no Set-Item.
    private void Define(string name, string body)
    {
        try
        {
            ProviderIntrinsics providers = place.Runspace.SessionStateProxy.InvokeProvider;
            providers.Item.Set(["function:global:" + name], ScriptBlock.Create(body), force: true, literalPath: true);
        }
        catch (RuntimeException e)
        {
            throw new RunRefusedException($"The function '{name}' could not be defined: {e.Message}", e);
        }
    }

    private void Import(string module)
    {
        using PowerShell pipeline = run.NewPipeline();
        pipeline.AddCommand("Import-Module")
            .AddParameter("Name", WildcardPattern.Escape(module))
            .AddParameter("Global")
            .AddParameter("DisableNameChecking")
            .AddParameter("ErrorAction", ActionPreference.Stop);
        if (run.Invoke(pipeline, output: []) is { } thrown)
        {
            throw Refuse(thrown, $"The module '{module}' could not be imported");
        }
    }

    private void Initialize(string script)
    {
        const string What = "The initialization script failed";
        using PowerShell pipeline = run.NewPipeline();
        pipeline.AddScript(script, useLocalScope: false);
        if (run.Invoke(pipeline) is { } thrown)
        {
            throw Refuse(thrown, What);
        }

        if (place.Host.ExitCode is { } code and not 0)
        {
            throw new RunRefusedException($"{What}: it ended with exit code {code}.");
        }

        place.Host.ForgetExit();
    }

    private Exception Refuse(Exception thrown, string what) =>
        thrown is PipelineStoppedException ? thrown : new RunRefusedException($"{what}: {run.Write(thrown)}", thrown);
}
