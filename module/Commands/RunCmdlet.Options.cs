using System.Management.Automation;
using Eformer.Pool.Module.Shipping;

namespace Eformer.Pool.Module.Commands;

/// <content>What a script needs on its hosts, and what comes back of its objects.</content>
public abstract partial class RunCmdlet
{
    private const int DeepestDepth = 100;

    /// <summary>Functions of this session that the script needs, by name, with wildcards.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[]? Function { get; set; }

    /// <summary>Modules that the script needs: shipped, and imported before it. Names of loaded or available ones, or paths.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[]? Module { get; set; }

    /// <summary>Files and folders that the script needs, with wildcards.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[]? File { get; set; }

    /// <summary>Folder on the hosts to start in.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? WorkingDirectory { get; set; }

    /// <summary>Script that runs on each host once in a session, before the first script that comes with it.</summary>
    [Parameter]
    [ValidateNotNull]
    public ScriptBlock? InitializationScript { get; set; }

    /// <summary>How many levels of properties objects keep on their way back.</summary>
    [Parameter]
    [ValidateRange(1, DeepestDepth)]
    public int Depth { get; set; } = 2;

    /// <inheritdoc/>
    private protected override RunRequest ReadOptions() => base.ReadOptions() with
    {
        RuntimeEnvironment = new EnvironmentSource(SessionState, InvokeCommand).Gather(Function, Module, File, InitializationScript),
        WorkingDirectory = WorkingDirectory,
        Depth = Depth,
    };
}
