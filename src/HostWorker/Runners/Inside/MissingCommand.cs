using System.Management.Automation;
using Eformer.Pool.HostWorker.Engines;
using Eformer.Pool.HostWorker.Engines.Commands;

namespace Eformer.Pool.HostWorker.Runners.Inside;

/// <summary>Answers "my function is not there": the error of a missing command names the command and how to send it along.</summary>
internal static class MissingCommand
{
    // Errors wrap each other, but never so deep.
    private const int MaxDepth = 8;

    /// <summary>Explains an error, if it is about a command that is missing.</summary>
    public static void Explain(ErrorRecord error, EngineKind engine)
    {
        if (error.ErrorDetails is null && Find(error.Exception)?.CommandName is { Length: > 0 } name)
        {
            (string advice, string action) = Advise(name);
            bool embedded = engine == EngineKind.Embedded;
            string[] lines = embedded ? [error.Exception.Message, advice, EmbeddedCommands.Explanation] : [error.Exception.Message, advice];
            error.ErrorDetails = new ErrorDetails(string.Join(Environment.NewLine, lines))
            {
                RecommendedAction = action + (embedded ? " If it is not yours, install PowerShell 7.6 or later on the host." : ""),
            };
        }
    }

    private static CommandNotFoundException? Find(Exception? exception)
    {
        for (int depth = 0; exception is not null && depth < MaxDepth; depth++, exception = exception.InnerException)
        {
            if (exception is CommandNotFoundException missing)
            {
                return missing;
            }
        }

        return null;
    }

    private static (string Advice, string Action) Advise(string name) => name.Contains('/', StringComparison.Ordinal)
        ? ($"'{name}' is no file on this host. A file of the caller can be sent along with -File.", "Send the file along with -File.")
        : ($"'{name}' is not known on this host. A function or module of the caller's session can be sent along with -Function {name} or -Module.",
            $"Send it along with -Function {name}, or its module with -Module.");
}
