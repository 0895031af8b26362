using System.Management.Automation;
using Eformer.Pool.Module.Binding;
using Eformer.Pool.Module.Scripts;

namespace Eformer.Pool.Module.Shipping;

/// <summary>Gathers what a script needs on hosts from the caller's session.</summary>
internal sealed class EnvironmentSource(SessionState session, CommandInvocationIntrinsics commands)
{
    /// <summary>The runtime environment; null when nothing was asked for.</summary>
    /// <param name="functions">Names of functions, with wildcards.</param>
    /// <param name="modules">Names or paths of modules.</param>
    /// <param name="files">Paths of files and folders, with wildcards.</param>
    /// <param name="initialization">Script for the start of a session.</param>
    /// <exception cref="SlicePoolException">Something is not there or cannot be sent; the error names it.</exception>
    public RuntimeEnvironment? Gather(string[]? functions, string[]? modules, string[]? files, ScriptBlock? initialization)
    {
        ModuleSource source = new(session.Path, commands);
        RuntimeEnvironment environment = new()
        {
            Functions = FunctionSource.Find(commands, functions ?? []),
            Modules = [.. (modules ?? []).Select(source.Find).Distinct()],
            Files = [.. (files ?? []).SelectMany(path => FileSystemPath.Existing(session.Path, path)).Distinct()],
            InitializationScript = initialization is null ? null : CheckInitialization(ScriptText.Of(initialization)),
        };
        return environment.IsEmpty ? null : environment;
    }

    // Which of the runs in a session comes first is not for one of them to know, so its values would be whoever's came first.
    private static string CheckInitialization(ScriptText script) =>
        UsingExpressions.First(script.Ast) is not string expression ? script.Text : throw new SlicePoolException(
            "UsingInInitializationScript",
            PoolErrorCategory.InvalidArgument,
            $"The initialization script uses '{expression}': it runs once for many runs, and cannot take values of one.",
            "Use it in the script itself, or set an environment variable with -Environment.",
            expression);
}
