using System.Globalization;
using System.Management.Automation.Host;

namespace Eformer.Pool.HostWorker.Script;

/// <summary>The PowerShell host of a script on the console.</summary>
internal sealed class ScriptHost : PSHost
{
    /// <inheritdoc/>
    public override string Name => "Eformer.Pool script";

    /// <inheritdoc/>
    public override Version Version { get; } = typeof(ScriptHost).Assembly.GetName().Version ?? new Version(0, 0);

    /// <inheritdoc/>
    public override Guid InstanceId { get; } = Guid.NewGuid();

    /// <inheritdoc/>
    public override PSHostUserInterface UI { get; } = new ScriptHostUI();

    /// <inheritdoc/>
    public override CultureInfo CurrentCulture { get; } = CultureInfo.CurrentCulture;

    /// <inheritdoc/>
    public override CultureInfo CurrentUICulture { get; } = CultureInfo.CurrentUICulture;

    /// <summary>What the script called <c>exit</c> with, or null.</summary>
    public int? ExitCode { get; private set; }

    /// <inheritdoc/>
    public override void SetShouldExit(int exitCode) => ExitCode = exitCode;

    /// <inheritdoc/>
    public override void EnterNestedPrompt() => throw ScriptHostUI.Unsupported("A nested prompt");

    /// <inheritdoc/>
    public override void ExitNestedPrompt() => throw ScriptHostUI.Unsupported("A nested prompt");

    /// <inheritdoc/>
    public override void NotifyBeginApplication()
    {
        // A native command may use the console as it is.
    }

    /// <inheritdoc/>
    public override void NotifyEndApplication()
    {
        // As above.
    }
}
