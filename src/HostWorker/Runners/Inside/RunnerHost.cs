using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Host;

namespace Eformer.Pool.HostWorker.Runners.Inside;

/// <summary>The PowerShell host of a runner: nobody sits in front of it.</summary>
internal sealed class RunnerHost : PSHost
{
    /// <summary>Makes the host.</summary>
    public RunnerHost() => UI = new RunnerHostUI(Text);

    /// <inheritdoc/>
    public override string Name => "Eformer.Pool";

    /// <inheritdoc/>
    public override Version Version { get; } = typeof(RunnerHost).Assembly.GetName().Version ?? new Version(0, 0);

    /// <inheritdoc/>
    public override Guid InstanceId { get; } = Guid.NewGuid();

    /// <inheritdoc/>
    public override PSHostUserInterface UI { get; }

    /// <summary>What is written to this host.</summary>
    public HostText Text { get; } = new();

    /// <inheritdoc/>
    public override CultureInfo CurrentCulture { get; } = CultureInfo.CurrentCulture;

    /// <inheritdoc/>
    public override CultureInfo CurrentUICulture { get; } = CultureInfo.CurrentUICulture;

    /// <summary>What the script called <c>exit</c> with, or null.</summary>
    public int? ExitCode { get; private set; }

    /// <summary>Forgets the run before, and sends what is written from here on.</summary>
    public void Begin(Action<InformationRecord> sink)
    {
        ExitCode = null;
        Text.Sink = sink;
    }

    /// <summary>Forgets an exit that is not the run's own.</summary>
    public void ForgetExit() => ExitCode = null;

    /// <summary>Ends a run.</summary>
    public void End() => Text.Sink = null;

    /// <inheritdoc/>
    public override void SetShouldExit(int exitCode) => ExitCode = exitCode;

    /// <inheritdoc/>
    public override void EnterNestedPrompt() => throw RunnerHostUI.NotInteractive();

    /// <inheritdoc/>
    public override void ExitNestedPrompt() => throw RunnerHostUI.NotInteractive();

    /// <inheritdoc/>
    public override void NotifyBeginApplication()
    {
        // Native commands get no console from us, so there is none to hand over.
    }

    /// <inheritdoc/>
    public override void NotifyEndApplication()
    {
        // As above.
    }
}
