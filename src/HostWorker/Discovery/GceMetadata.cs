using System.Net;

namespace Eformer.Pool.HostWorker.Discovery;

/// <summary>The metadata server of Google Compute Engine.</summary>
/// <remarks>https://cloud.google.com/compute/docs/metadata/overview: plain HTTP on a link-local address, told from others by a header.</remarks>
internal sealed class GceMetadata : IHostMetadata, IDisposable
{
    private const string Header = "Metadata-Flavor";
    private const string Flavor = "Google";
    private const string UsualHost = "metadata.google.internal";

    /// <summary>It answers in milliseconds or not at all; but a machine that has just booted may take a while to ask. eformer gives up after 1 s.</summary>
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(5);
    private readonly HttpClient _client;

    /// <param name="host">Name or address, with a port where it is not 80.</param>
    public GceMetadata(string host)
    {
        // A proxy would answer for itself, not for this machine.
        SocketsHttpHandler handler = new() { UseProxy = false, AllowAutoRedirect = false, ConnectTimeout = s_limit };
        _client = new HttpClient(handler)
        {
            BaseAddress = new Uri($"http://{host}/computeMetadata/v1/"),
            Timeout = s_limit,
            MaxResponseContentBufferSize = 1 << 20,
        };
        _client.DefaultRequestHeaders.Add(Header, Flavor);
    }

    /// <summary>
    /// Where the metadata server of this machine is; null when nothing suggests that there is one, so that other machines
    /// do not wait for an answer that cannot come.
    /// </summary>
    /// <remarks>
    /// <c>GCE_METADATA_HOST</c> and the firmware's name are what Google's own libraries look at, and <c>NO_GCE_CHECK</c> switches
    /// the latter off. <c>TPU_SKIP_MDS_QUERY</c> is libtpu's way of saying that there is nobody to ask; any text counts.
    /// </remarks>
    public static string? HostOf(IReadOnlyDictionary<string, string> environment, string productName)
    {
        if (IsSet(environment, "TPU_SKIP_MDS_QUERY"))
        {
            return null;
        }

        return environment.GetValueOrDefault("GCE_METADATA_HOST") is { Length: > 0 } host ? host
            : productName.StartsWith(Flavor, StringComparison.Ordinal) && !IsSet(environment, "NO_GCE_CHECK") ? UsualHost
            : null;
    }

    public async Task<string?> ReadAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            using HttpResponseMessage response = await _client.GetAsync(path, cancellationToken);
            if (!response.Headers.TryGetValues(Header, out IEnumerable<string>? flavors) || !flavors.Contains(Flavor))
            {
                throw Unavailable(path, "what answered is not a metadata server");
            }

            return response.StatusCode == HttpStatusCode.NotFound
                ? null
                : (await response.EnsureSuccessStatusCode().Content.ReadAsStringAsync(cancellationToken)).Trim();
        }
        catch (HttpRequestException exception)
        {
            throw Unavailable(path, exception.Message.TrimEnd('.'), exception);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw Unavailable(path, $"no answer within {s_limit.TotalSeconds:0} s", exception);
        }
    }

    public void Dispose() => _client.Dispose();

    private static bool IsSet(IReadOnlyDictionary<string, string> environment, string name) =>
        environment.GetValueOrDefault(name) is { Length: > 0 };

    private SlicePoolException Unavailable(string path, string why, Exception? cause = null) => new(
        "MetadataUnavailable",
        PoolErrorCategory.ConnectionError,
        $"The metadata server at {_client.BaseAddress!.Authority} did not tell '{path}': {why}.",
        "See whether 'curl -H Metadata-Flavor:Google' reaches it; set TPU_SKIP_MDS_QUERY=1 if there is none.",
        path,
        cause);
}
