using System.CommandLine;

namespace Eformer.Pool.HostWorker.CommandLine;

/// <summary><c>script</c>, for the help only: it is carried out before the command line is parsed, so that it starts fast.</summary>
internal static class ScriptHelp
{
    public static Command Build() =>
        new("script", "Run a PowerShell script with the module imported: script [--engine auto|pwsh|embedded] [--pwsh <folder>] <file.ps1> [arguments].");
}
