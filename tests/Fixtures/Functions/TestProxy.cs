using Eformer.Pool;
using Eformer.Pool.Functions;

namespace Acme.Functions;

/// <summary>The front ends that the generator makes, for any function.</summary>
public sealed class TestProxy(SlicePoolManager pool, RemoteCallOptions? options = null) : RemoteProxy(pool, options)
{
    public Task<HostResults<T>> OnHostsAsync<T>(RemoteRequest<T> request, CancellationToken ct) => CallOnHostsAsync(request, ct);

    public Task<HostResults<T>> OnHostsAsync<T, TReport>(RemoteRequest<T> request, IProgress<HostReport<TReport>> progress, CancellationToken ct) =>
        CallOnHostsAsync(request, progress, AcmeJson.Shared.Of<TReport>(), ct);

    public Task<SliceResults<T>> OnSlicesAsync<T>(RemoteRequest<T> request, CancellationToken ct) => CallOnSlicesAsync(request, ct);

    public HostStream<T> Stream<T>(RemoteRequest<T> request, CancellationToken ct) => StreamFromHosts(request, ct);

    public Task<SliceResults<IReadOnlyList<T>>> ListsAsync<T>(RemoteRequest<T> request, CancellationToken ct) => ListFromSlicesAsync(request, ct);

    public Task<RunHandle<T>> SendAsync<T>(RemoteRequest<T> request, CancellationToken ct) => ScheduleAsync(request, ct);

    public Task<RunHandle<T>> FindAsync<T>(string runId, RemoteRequest<T> request, CancellationToken ct) => AttachAsync(runId, request.ValueInfo, ct);
}
