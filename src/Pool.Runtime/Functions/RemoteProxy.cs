using System.ComponentModel;
using System.Text.Json.Serialization.Metadata;

namespace Eformer.Pool.Functions;

/// <summary>What the proxies that the generator makes have in common: they turn a request into a run of a pool. Thread-safe.</summary>
/// <param name="pool">The pool.</param>
/// <param name="options">Where and how; null for the default.</param>
/// <exception cref="ArgumentNullException">There is no pool.</exception>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class RemoteProxy(SlicePoolManager pool, RemoteCallOptions? options)
{
    private readonly SlicePoolManager _pool = pool ?? throw new ArgumentNullException(nameof(pool));
    private readonly RemoteCallOptions _options = options ?? RemoteCallOptions.Default;

    /// <summary>Calls a function on every host and waits for all of them.</summary>
    /// <inheritdoc cref="SlicePoolManager.StartRunAsync" path="/exception"/>
    protected async Task<HostResults<T>> CallOnHostsAsync<T>(RemoteRequest<T> request, CancellationToken cancellationToken) =>
        await GatherAsync(request, null, cancellationToken);

    /// <summary>Calls a function on every host and waits for all of them; what they report meanwhile is passed on.</summary>
    /// <inheritdoc cref="SlicePoolManager.StartRunAsync" path="/exception"/>
    protected Task<HostResults<T>> CallOnHostsAsync<T, TReport>(
        FunctionRequest<T> request, IProgress<HostReport<TReport>>? progress, CancellationToken cancellationToken) =>
        CallOnHostsAsync(request, progress, request.ReportInfo<TReport>(), cancellationToken);

    /// <summary>As above. Code that version 0.1 first generated says how reports are read.</summary>
    /// <inheritdoc cref="SlicePoolManager.StartRunAsync" path="/exception"/>
    protected async Task<HostResults<T>> CallOnHostsAsync<T, TReport>(
        RemoteRequest<T> request, IProgress<HostReport<TReport>>? progress, JsonTypeInfo<TReport> reports, CancellationToken cancellationToken) =>
        await GatherAsync(request, Reporter(progress, reports), cancellationToken);

    /// <summary>As <see cref="CallOnHostsAsync{T}"/>, with the results by slice.</summary>
    /// <inheritdoc cref="SlicePoolManager.StartRunAsync" path="/exception"/>
    protected async Task<SliceResults<T>> CallOnSlicesAsync<T>(RemoteRequest<T> request, CancellationToken cancellationToken) =>
        new(await GatherAsync(request, null, cancellationToken));

    /// <summary>As above, with what hosts report.</summary>
    /// <inheritdoc cref="SlicePoolManager.StartRunAsync" path="/exception"/>
    protected Task<SliceResults<T>> CallOnSlicesAsync<T, TReport>(
        FunctionRequest<T> request, IProgress<HostReport<TReport>>? progress, CancellationToken cancellationToken) =>
        CallOnSlicesAsync(request, progress, request.ReportInfo<TReport>(), cancellationToken);

    /// <summary>As above. Code that version 0.1 first generated says how reports are read.</summary>
    /// <inheritdoc cref="SlicePoolManager.StartRunAsync" path="/exception"/>
    protected async Task<SliceResults<T>> CallOnSlicesAsync<T, TReport>(
        RemoteRequest<T> request, IProgress<HostReport<TReport>>? progress, JsonTypeInfo<TReport> reports, CancellationToken cancellationToken) =>
        new(await GatherAsync(request, Reporter(progress, reports), cancellationToken));

    /// <summary>Calls a function that gives a stream on every host; it starts when the stream is read.</summary>
    protected HostStream<T> StreamFromHosts<T>(RemoteRequest<T> request, CancellationToken cancellationToken) =>
        new(token => StartAsync(request, keep: false, token), request, null, cancellationToken);

    /// <summary>As above, with what hosts report.</summary>
    protected HostStream<T> StreamFromHosts<T, TReport>(
        FunctionRequest<T> request, IProgress<HostReport<TReport>>? progress, CancellationToken cancellationToken) =>
        StreamFromHosts(request, progress, request.ReportInfo<TReport>(), cancellationToken);

    /// <summary>As above. Code that version 0.1 first generated says how reports are read.</summary>
    protected HostStream<T> StreamFromHosts<T, TReport>(
        RemoteRequest<T> request, IProgress<HostReport<TReport>>? progress, JsonTypeInfo<TReport> reports, CancellationToken cancellationToken) =>
        new(token => StartAsync(request, keep: false, token), request, Reporter(progress, reports), cancellationToken);

    /// <summary>Calls a function that gives a stream on every host and waits for all items, by slice.</summary>
    /// <inheritdoc cref="SlicePoolManager.StartRunAsync" path="/exception"/>
    protected async Task<SliceResults<IReadOnlyList<T>>> ListFromSlicesAsync<T>(RemoteRequest<T> request, CancellationToken cancellationToken)
    {
        await using RunHandle run = await StartAsync(request, keep: false, cancellationToken);
        return new SliceResults<IReadOnlyList<T>>((await ReadAsync(run, request, null, cancellationToken)).Lists());
    }

    /// <summary>Sends a function to every host and returns at once. It is kept, and can be attached to by its id.</summary>
    /// <inheritdoc cref="SlicePoolManager.StartRunAsync" path="/exception"/>
    protected async Task<RunHandle<T>> ScheduleAsync<T>(RemoteRequest<T> request, CancellationToken cancellationToken) =>
        new(await StartAsync(request, keep: true, cancellationToken), run => SingleAsync(run, request));

    /// <summary>As <see cref="ScheduleAsync{T}"/>, for a function that gives a stream.</summary>
    /// <inheritdoc cref="SlicePoolManager.StartRunAsync" path="/exception"/>
    protected async Task<RunHandle<IReadOnlyList<T>>> ScheduleListAsync<T>(RemoteRequest<T> request, CancellationToken cancellationToken) =>
        new(await StartAsync(request, keep: true, cancellationToken), run => ListsAsync(run, request));

    /// <summary>Attaches to a run of a function that was sent before, by anybody.</summary>
    /// <param name="runId">The run. Hosts that gave something else than one value of the type, because it is of something else, have an error.</param>
    /// <param name="contract">The function, with how its assembly reads and writes.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <inheritdoc cref="RunDirectory.AttachAsync" path="/exception"/>
    protected Task<RunHandle<T>> AttachAsync<T>(string runId, RemoteContract contract, CancellationToken cancellationToken) =>
        AttachAsync(runId, contract.Json.Of<T>(), cancellationToken);

    /// <summary>As above, for a function that gives a stream.</summary>
    /// <inheritdoc cref="RunDirectory.AttachAsync" path="/exception"/>
    protected Task<RunHandle<IReadOnlyList<T>>> AttachListAsync<T>(string runId, RemoteContract contract, CancellationToken cancellationToken) =>
        AttachListAsync(runId, contract.Json.Of<T>(), cancellationToken);

    /// <summary>As above. Code that version 0.1 first generated says how values are read.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="info">How its values are read.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <inheritdoc cref="RunDirectory.AttachAsync" path="/exception"/>
    protected async Task<RunHandle<T>> AttachAsync<T>(string runId, JsonTypeInfo<T> info, CancellationToken cancellationToken) =>
        new(await _pool.Runs().AttachAsync(runId, cancellationToken), async run => (await ReadAsync(run, info, null, CancellationToken.None)).Single());

    /// <summary>As above, for a function that gives a stream.</summary>
    /// <inheritdoc cref="RunDirectory.AttachAsync" path="/exception"/>
    protected async Task<RunHandle<IReadOnlyList<T>>> AttachListAsync<T>(string runId, JsonTypeInfo<T> info, CancellationToken cancellationToken) =>
        new(await _pool.Runs().AttachAsync(runId, cancellationToken), async run => (await ReadAsync(run, info, null, CancellationToken.None)).Lists());

    private async Task<HostResults<T>> GatherAsync<T>(RemoteRequest<T> request, Func<RunRecord, SlicePoolException?>? onReport, CancellationToken cancellationToken)
    {
        await using RunHandle run = await StartAsync(request, keep: false, cancellationToken);
        return (await ReadAsync(run, request, onReport, cancellationToken)).Single();
    }

    private Task<RunHandle> StartAsync(RemoteRequest request, bool keep, CancellationToken cancellationToken) =>
        _pool.StartRunAsync(_options.ToRunRequest(request) with { Keep = keep }, cancellationToken);

    private static async Task<HostResults<T>> SingleAsync<T>(RunHandle run, RemoteRequest<T> request) =>
        (await ReadAsync(run, request, null, CancellationToken.None)).Single();

    private static async Task<HostResults<IReadOnlyList<T>>> ListsAsync<T>(RunHandle run, RemoteRequest<T> request) =>
        (await ReadAsync(run, request, null, CancellationToken.None)).Lists();

    private static Task<ValueGatherer<T>> ReadAsync<T>(RunHandle run, RemoteRequest<T> request, Func<RunRecord, SlicePoolException?>? onReport, CancellationToken cancellationToken) =>
        ReadAsync(run, request.ValueInfo, onReport, cancellationToken);

    private static async Task<ValueGatherer<T>> ReadAsync<T>(
        RunHandle run, JsonTypeInfo<T> info, Func<RunRecord, SlicePoolException?>? onReport, CancellationToken cancellationToken)
    {
        ValueGatherer<T> values = new(run, info, keep: true, onReport);
        await foreach (RunRecord record in run.Records.ReadAllAsync(cancellationToken))
        {
            values.Take(record);
        }

        return values;
    }

    // What the caller's progress throws is the caller's own.
    private static Func<RunRecord, SlicePoolException?>? Reporter<T>(IProgress<HostReport<T>>? progress, JsonTypeInfo<T> info) => progress is null ? null : record =>
    {
        IReadOnlyList<T> reports;
        try
        {
            reports = PayloadErrors.Reading(record.Host, () => ValueRecord.Read(record.Data.Span, info));
        }
        catch (SlicePoolException exception)
        {
            return exception;
        }

        foreach (T report in reports)
        {
            progress.Report(new HostReport<T>(record.Host, report));
        }

        return null;
    };
}
