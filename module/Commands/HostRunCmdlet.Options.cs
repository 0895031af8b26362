using System.Collections;
using System.Management.Automation;
using Eformer.Pool.Module.Binding;
using Eformer.Pool.Module.Completion;
using Eformer.Pool.Module.Runs;
using Eformer.Pool.Topology;

namespace Eformer.Pool.Module.Commands;

/// <content>Where and how it runs.</content>
public abstract partial class HostRunCmdlet
{
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

    /// <summary>How long it may run on a host, in seconds.</summary>
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

    /// <summary>The request without what is to run.</summary>
    private protected virtual RunRequest ReadOptions() => new()
    {
        Script = "",
        SliceIds = Slice,
        HostIds = HostId,
        Environment = EnvironmentTable.Read(Environment),
        Isolation = Isolation,
        WhenBusy = WhenBusy,
        MaxFailureRetry = MaxFailureRetry,
        MaxPreemptionRetry = MaxPreemptionRetry,
        RetryScope = RetryScope,
        Timeout = TimeoutSec is int seconds ? TimeSpan.FromSeconds(seconds) : null,
        ThrottleLimit = ThrottleLimit,
        RunId = RunId is null ? null : PoolName.Check(RunId, "run"),
    };
}
