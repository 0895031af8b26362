using System.Globalization;

namespace Eformer.Pool;

/// <summary>Where a remote function runs. Given by the host to functions that have a parameter of this type.</summary>
public sealed class HostContext
{
    private HostContext(IReadOnlyDictionary<string, string> environment, string runId, int attempt)
    {
        Environment = environment;
        RunId = runId;
        Attempt = attempt;
        SliceName = environment["TPU_SLICE_NAME"];
        SliceId = Number("EXECUTOR_CALL_SLICE");
        HostId = Number("TPU_HOST_ID");
        Devices = Number("TPU_NUM_DEVICES");
        FenceToken = long.Parse(environment["EFORMER_FENCE_TOKEN"], NumberStyles.None, CultureInfo.InvariantCulture);
    }

    /// <summary>Name of the slice.</summary>
    public string SliceName { get; }

    /// <summary>Slot of the slice in its pool, from 0.</summary>
    public int SliceId { get; }

    /// <summary>Index of the host in its slice, from 0.</summary>
    public int HostId { get; }

    /// <summary>Number of the host's accelerators.</summary>
    public int Devices { get; }

    /// <summary>
    /// The epoch of the lease: rises with every lease of the host. What is written elsewhere can be fenced with it, so that a host that
    /// lost its lease without knowing does no harm there.
    /// </summary>
    public long FenceToken { get; }

    /// <summary>The run.</summary>
    public string RunId { get; }

    /// <summary>Number of the attempt, from 1.</summary>
    public int Attempt { get; }

    /// <summary>
    /// The environment variables of this run: the caller's and the pool's. In a process of its own the process has them too; where hosts
    /// are emulated in one process it has not, so read them here.
    /// </summary>
    public IReadOnlyDictionary<string, string> Environment { get; }

    /// <summary>The context that a run's variables tell.</summary>
    /// <param name="environment">Every variable of the run; the pool's own are among them.</param>
    /// <param name="runId">The run.</param>
    /// <param name="attempt">Number of the attempt, from 1.</param>
    public static HostContext FromEnvironment(IReadOnlyDictionary<string, string> environment, string runId, int attempt) =>
        new(environment, runId, attempt);

    /// <inheritdoc/>
    public override string ToString() => $"{SliceName}/{HostId}";

    private int Number(string name) => int.Parse(Environment[name], NumberStyles.None, CultureInfo.InvariantCulture);
}
