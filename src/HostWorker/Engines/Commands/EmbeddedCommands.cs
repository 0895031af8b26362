using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace Eformer.Pool.HostWorker.Engines.Commands;

/// <summary>What the embedded engine gets beside the language and the core cmdlets.</summary>
internal static class EmbeddedCommands
{
    /// <summary>Name of the command that explains errors in a pipeline.</summary>
    public const string ExplainName = "Add-ErrorExplanation";

    /// <summary>Why a command may be missing on this engine.</summary>
    public const string Explanation =
        "This host runs the embedded PowerShell engine, which has the language and the core cmdlets only: for every other "
        + "cmdlet and module PowerShell 7.6 or later (pwsh) must be installed on it.";

    private static readonly (string Name, Type Type)[] s_commands =
    [
        ("Write-Output", typeof(WriteOutputCommand)),
        ("Write-Host", typeof(WriteHostCommand)),
        ("Write-Error", typeof(WriteErrorCommand)),
        ("Write-Warning", typeof(WriteWarningCommand)),
        ("Write-Verbose", typeof(WriteVerboseCommand)),
        ("Write-Debug", typeof(WriteDebugCommand)),
        ("Write-Information", typeof(WriteInformationCommand)),
        (ExplainName, typeof(AddErrorExplanationCommand)),
    ];

    /// <summary>Adds the commands to what a runspace starts with.</summary>
    public static void AddTo(InitialSessionState state)
    {
        foreach ((string name, Type type) in s_commands)
        {
            state.Commands.Add(new SessionStateCmdletEntry(name, type, null));
        }
    }

    /// <summary>Makes the error of any other missing command say why it is missing.</summary>
    /// <remarks>The engine ignores what a CommandNotFoundAction throws, so the finished record is given another text.</remarks>
    public static void ExplainMissing(ErrorRecord error)
    {
        if (error.Exception is CommandNotFoundException && error.ErrorDetails is null)
        {
            error.ErrorDetails = new ErrorDetails(error.Exception.Message + Environment.NewLine + Explanation)
            {
                RecommendedAction = "Install PowerShell 7.6 or later on the host.",
            };
        }
    }
}
