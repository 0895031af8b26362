using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;

namespace Eformer.Pool.HostWorker.Script;

/// <summary>Shows a script's text on the console, and what is wrong on its error stream.</summary>
internal sealed class ScriptHostUI : PSHostUserInterface
{
    private const string Red = "31";
    private const string Yellow = "33";
    private const string Reset = "\e[0m";
    private readonly ScriptProgress _progress = new();

    /// <inheritdoc/>
    public override PSHostRawUserInterface RawUI { get; } = new ScriptRawUI();

    /// <summary>The error of what a script on the console can't have.</summary>
    public static HostException Unsupported(string what) =>
        new($"{what} is not possible in a script that the worker runs.", null, "HostOperationNotSupported", ErrorCategory.NotImplemented);

    /// <inheritdoc/>
    public override string ReadLine() => Console.ReadLine() ?? throw Unsupported("Reading from a closed standard input");

    /// <inheritdoc/>
    public override SecureString ReadLineAsSecureString() => throw Unsupported("Asking for a secret");

    /// <inheritdoc/>
    public override Dictionary<string, PSObject> Prompt(string caption, string message, Collection<FieldDescription> descriptions)
    {
        Dictionary<string, PSObject> answers = [];
        foreach (FieldDescription field in descriptions)
        {
            Write($"{field.Name}: ");
            answers[field.Name] = PSObject.AsPSObject(ReadLine());
        }

        return answers;
    }

    /// <inheritdoc/>
    public override int PromptForChoice(string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice)
    {
        string labels = string.Join("  ", choices.Select(choice => $"[{Letter(choice)}] {choice.Label.Replace("&", "", StringComparison.Ordinal)}"));
        WriteLine($"{caption}{Environment.NewLine}{message}");
        while (true)
        {
            Write($"{labels}: ");
            string answer = ReadLine().Trim();
            int chosen = answer.Length == 0 ? defaultChoice : choices.ToList().FindIndex(choice => Letter(choice).Equals(answer, StringComparison.OrdinalIgnoreCase));
            if (chosen >= 0)
            {
                return chosen;
            }
        }
    }

    /// <inheritdoc/>
    public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName) =>
        throw Unsupported("Asking for a secret");

    /// <inheritdoc/>
    public override PSCredential PromptForCredential(
        string caption,
        string message,
        string userName,
        string targetName,
        PSCredentialTypes allowedCredentialTypes,
        PSCredentialUIOptions options) => throw Unsupported("Asking for a secret");

    /// <inheritdoc/>
    public override void Write(string value)
    {
        _progress.Clear();
        Console.Out.Write(Console.IsOutputRedirected ? TerminalText.ToPlain(value) : value);
    }

    /// <inheritdoc/>
    public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value) => Write(value);

    /// <inheritdoc/>
    public override void WriteLine(string value) => Write(value + Environment.NewLine);

    /// <inheritdoc/>
    public override void WriteErrorLine(string value) => WriteToError(value, Red);

    /// <inheritdoc/>
    public override void WriteDebugLine(string message) => WriteToError($"DEBUG: {message}", Yellow);

    /// <inheritdoc/>
    public override void WriteVerboseLine(string message) => WriteToError($"VERBOSE: {message}", Yellow);

    /// <inheritdoc/>
    public override void WriteWarningLine(string message) => WriteToError($"WARNING: {message}", Yellow);

    /// <inheritdoc/>
    public override void WriteProgress(long sourceId, ProgressRecord record) => _progress.Show(record);

    private static string Letter(ChoiceDescription choice)
    {
        int at = choice.Label.IndexOf('&', StringComparison.Ordinal);
        return at >= 0 && at + 1 < choice.Label.Length ? choice.Label[(at + 1)..(at + 2)] : choice.Label;
    }

    private void WriteToError(string text, string colour)
    {
        _progress.Clear();
        // Text that the engine has coloured already keeps its colours.
        bool coloured = text.Contains('\e', StringComparison.Ordinal);
        Console.Error.WriteLine(
            Console.IsErrorRedirected ? TerminalText.ToPlain(text) : coloured ? text : $"\e[{colour}m{text}{Reset}");
    }
}
