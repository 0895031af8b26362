using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;

namespace Eformer.Pool.HostWorker.Runners.Inside;

/// <summary>A user interface with no user: it refuses every question, and shows nothing, since records carry all.</summary>
internal sealed class RunnerHostUI(HostText text) : PSHostUserInterface
{
    /// <inheritdoc/>
    public override PSHostRawUserInterface? RawUI => null;

    /// <summary>The error of everything that would ask somebody.</summary>
    public static HostException NotInteractive() => new(
        "A script on a pool's host is not interactive: nobody can answer. Pass what it needs with -ArgumentList.",
        null,
        "HostIsNotInteractive",
        ErrorCategory.InvalidOperation);

    /// <inheritdoc/>
    public override string ReadLine() => throw NotInteractive();

    /// <inheritdoc/>
    public override SecureString ReadLineAsSecureString() => throw NotInteractive();

    /// <inheritdoc/>
    public override Dictionary<string, PSObject> Prompt(string caption, string message, Collection<FieldDescription> descriptions) =>
        throw NotInteractive();

    /// <inheritdoc/>
    public override int PromptForChoice(string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice) =>
        throw NotInteractive();

    /// <inheritdoc/>
    public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName) =>
        throw NotInteractive();

    /// <inheritdoc/>
    public override PSCredential PromptForCredential(
        string caption,
        string message,
        string userName,
        string targetName,
        PSCredentialTypes allowedCredentialTypes,
        PSCredentialUIOptions options) => throw NotInteractive();

    /// <inheritdoc/>
    public override void Write(string value) => text.Take(value, noNewLine: true);

    /// <inheritdoc/>
    public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value) =>
        text.Take(value, noNewLine: true, foregroundColor, backgroundColor);

    /// <inheritdoc/>
    public override void WriteLine(string value) => text.Take(value, noNewLine: false);

    /// <inheritdoc/>
    public override void WriteLine(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value) =>
        text.Take(value, noNewLine: false, foregroundColor, backgroundColor);

    // The engine calls these beside writing to the stream of the same name, which is what is sent.

    /// <inheritdoc/>
    public override void WriteErrorLine(string value) { }

    /// <inheritdoc/>
    public override void WriteDebugLine(string message) { }

    /// <inheritdoc/>
    public override void WriteVerboseLine(string message) { }

    /// <inheritdoc/>
    public override void WriteWarningLine(string message) { }

    /// <inheritdoc/>
    public override void WriteProgress(long sourceId, ProgressRecord record) { }
}
