using Eformer.Pool.Runs;

namespace Eformer.Pool;

/// <content>Running to the end, and making ready: the methods of the original.</content>
/// <remarks>
/// Results hold what hosts wrote as they sent it: an item of <see cref="HostResult.Output"/> or <see cref="HostResult.Errors"/> is the
/// text of one CLIXML document that holds one or more objects. The runtime knows no PowerShell; whoever does opens them with
/// <c>PSSerializer.Deserialize</c>. The commands of the module give the objects themselves. Of a remote function an item is the text of
/// one JSON value; its own proxy gives the values themselves.
/// </remarks>
public sealed partial class SlicePoolManager
{
    /// <summary>
    /// Makes every host ready for work: waits for whole slices, as a run does, and has an empty script run on every host, so that its
    /// runner is up.
    /// </summary>
    /// <returns>One record for each slice, in slot order. Hosts that are not ready cost only their own slice.</returns>
    /// <inheritdoc cref="StartRunAsync" path="/exception"/>
    public async Task<IReadOnlyList<SliceReadiness>> PrepareAllSlicesAsync(CancellationToken cancellationToken = default) =>
        [.. (await ExecuteOnEachSliceAsync(new RunRequest { Script = "" }, cancellationToken)).Select(SliceReadiness.From)];

    /// <summary>Runs a script on every host and waits for all of them. A host that does not succeed costs its own result only.</summary>
    /// <param name="request">What to run, and where.</param>
    /// <param name="cancellationToken">Stops the run on its hosts.</param>
    /// <returns>For each slice, in slot order, the results of its hosts in host order.</returns>
    /// <inheritdoc cref="StartRunAsync" path="/exception"/>
    public async Task<IReadOnlyList<IReadOnlyList<HostResult>>> ExecuteOnEachHostAsync(RunRequest request, CancellationToken cancellationToken = default) =>
        [.. (await ExecuteOnEachSliceAsync(request, cancellationToken)).Select(slice => slice.Results)];

    /// <summary>Runs a script on every host and waits for all of them. A host that does not succeed costs its own result only.</summary>
    /// <param name="request">What to run, and where.</param>
    /// <param name="cancellationToken">Stops the run on its hosts.</param>
    /// <returns>The results of all hosts, in slot and host order.</returns>
    /// <inheritdoc cref="StartRunAsync" path="/exception"/>
    public async Task<IReadOnlyList<HostResult>> ExecuteOnEachHostFlatAsync(RunRequest request, CancellationToken cancellationToken = default)
    {
        await using RunHandle run = await StartRunAsync(request, cancellationToken);
        return await ResultGatherer.GatherAsync(run, cancellationToken);
    }

    /// <summary>Runs a script on every host and waits for all of them. A host that does not succeed costs its own result only.</summary>
    /// <param name="request">What to run, and where.</param>
    /// <param name="cancellationToken">Stops the run on its hosts.</param>
    /// <returns>Each slice, in slot order, with the results of its hosts in host order.</returns>
    /// <inheritdoc cref="StartRunAsync" path="/exception"/>
    public async Task<IReadOnlyList<SliceResult>> ExecuteOnEachSliceAsync(RunRequest request, CancellationToken cancellationToken = default) =>
        SliceResult.Group(await ExecuteOnEachHostFlatAsync(request, cancellationToken));

    /// <summary>Sends a script to every host and returns at once. Whoever gets the handle reads its records and disposes of it.</summary>
    /// <inheritdoc cref="StartRunAsync"/>
    public Task<RunHandle> ScheduleOnEachHostAsync(RunRequest request, CancellationToken cancellationToken = default) =>
        StartRunAsync(request, cancellationToken);
}
