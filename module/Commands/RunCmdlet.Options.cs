using System.Collections;
using System.Management.Automation;
using Eformer.Pool.Module.Binding;
using Eformer.Pool.Module.Completion;
using Eformer.Pool.Module.Runs;
using Eformer.Pool.Module.Shipping;
using Eformer.Pool.Topology;

namespace Eformer.Pool.Module.Commands;

/// <content>Where and how it runs.</content>
public abstract partial class RunCmdlet
{
    private const int DeepestDepth = 100;
    private const int MostRetries = 1_000_000;

    /// <summary>Slots of the slices to run on; all when not given.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ValidateRange(0, int.MaxValue)]
    public int[]? Slice { get; set; }

    /// <summary>Hosts of each of those slices to run on, by index; all when not given.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ValidateRange(0, int.MaxValue)]
    public int[]? HostId { get; set; }

    /// <summary>Environment variables to add.</summary>
    [Parameter]
    [ValidateNotNull]
    public Hashtable? Environment { get; set; }

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

    /// <summary>What the run shares with others: nothing, or the pool's session on each host. Default: the pool's.</summary>
    [Parameter]
    public Isolation? Isolation { get; set; }

    /// <summary>What to do on hosts that run something else.</summary>
    [Parameter]
    public WhenBusy WhenBusy { get; set; }

    /// <summary>
    /// How many hosts must succeed: All, Slice (all of at least one slice), or a share such as 75%. When it are fewer, the command fails
    /// after all output. Nothing is required when not given.
    /// </summary>
    [Parameter]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(CoverageCompleter))]
    public RequiredCoverage? Require { get; set; }

    /// <summary>How often it is tried again where it failed or took too long.</summary>
    [Parameter]
    [ValidateRange(0, MostRetries)]
    public int MaxFailureRetry { get; set; }

    /// <summary>How often it is tried again where the host was preempted or lost.</summary>
    [Parameter]
    [ValidateRange(0, MostRetries)]
    public int MaxPreemptionRetry { get; set; }

    /// <summary>What runs again then: the host, its slice, or the whole pool.</summary>
    [Parameter]
    public RetryScope RetryScope { get; set; }

    /// <summary>How long the script may run on a host, in seconds.</summary>
    [Parameter]
    [ValidateRange(1, Durations.LongestSec)]
    public int? TimeoutSec { get; set; }

    /// <summary>On how many hosts it runs at a time; on all when not given.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int? ThrottleLimit { get; set; }

    /// <summary>Name of the run, so that it can be found again. A run of that name that exists is attached to.</summary>
    [Parameter]
    [ValidateNotNull]
    public string? RunId { get; set; }

    /// <summary>How many levels of properties objects keep on their way back.</summary>
    [Parameter]
    [ValidateRange(1, DeepestDepth)]
    public int Depth { get; set; } = 2;

    private RunRequest ReadOptions() => new()
    {
        Script = "",
        SliceIds = Slice,
        HostIds = HostId,
        Environment = EnvironmentTable.Read(Environment),
        RuntimeEnvironment = new EnvironmentSource(SessionState, InvokeCommand).Gather(Function, Module, File, InitializationScript),
        WorkingDirectory = WorkingDirectory,
        Isolation = Isolation,
        WhenBusy = WhenBusy,
        MaxFailureRetry = MaxFailureRetry,
        MaxPreemptionRetry = MaxPreemptionRetry,
        RetryScope = RetryScope,
        Timeout = TimeoutSec is int seconds ? TimeSpan.FromSeconds(seconds) : null,
        ThrottleLimit = ThrottleLimit,
        RunId = RunId is null ? null : PoolName.Check(RunId, "run"),
        Depth = Depth,
    };
}
