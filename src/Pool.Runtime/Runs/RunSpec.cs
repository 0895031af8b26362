using System.Security.Cryptography;
using Eformer.Pool.Envelopes;
using Eformer.Pool.Functions;
using Eformer.Pool.Payloads;
using Eformer.Pool.Pools;

namespace Eformer.Pool.Runs;

/// <summary>A request made ready to be sent: its id, and its payload with the hash that commands hold.</summary>
/// <param name="Request">What is asked for.</param>
/// <param name="RunId">The run.</param>
/// <param name="Payload">What hosts need.</param>
internal sealed record RunSpec(RunRequest Request, string RunId, byte[] Payload)
{
    private const int TitleLength = 80;

    /// <summary>Random identity of the sending of the run; who attaches to it takes that over, so that no host starts an attempt twice.</summary>
    public string Nonce { get; init; } = PoolSession.NewId();

    /// <summary>SHA-256 of the payload, hex.</summary>
    public string PayloadSha256 { get; } = Convert.ToHexStringLower(SHA256.HashData(Payload));

    /// <summary>Hashes of what the payload is made of; null where the run has no id that another could use.</summary>
    public IReadOnlyDictionary<string, string>? PartHashes { get; private init; }

    /// <summary>Whether results stay in the store after they were received.</summary>
    public bool IsKept => Request.Keep || Request.RunId is not null;

    /// <summary>Whether further attempts may be made.</summary>
    public bool Retries => Request.MaxFailureRetry + Request.MaxPreemptionRetry > 0;

    /// <summary>Whether hosts that have succeeded are in those attempts, too.</summary>
    public bool RetriesTogether => Retries && Request.RetryScope != RetryScope.Host;

    /// <summary>How long the run is kept after the last write, in milliseconds.</summary>
    public long TtlMs => (long)Request.KeepResultsFor.TotalMilliseconds;

    /// <summary>The beginning of the script, on one line, or the function.</summary>
    public string Title
    {
        get
        {
            string line = string.Join(' ', (Request.Call?.Function ?? Request.Script).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
            return line.Length <= TitleLength ? line : line[..(TitleLength - 1)] + "…";
        }
    }

    /// <summary>Puts the payload together.</summary>
    /// <param name="request">What is asked for.</param>
    /// <param name="runId">The run.</param>
    /// <param name="hosts">Keys of its hosts, in slot and host order.</param>
    /// <param name="setup">What is shipped along, or null.</param>
    /// <exception cref="SlicePoolException"><c>PayloadTooLarge</c>, <c>InvalidSelection</c>.</exception>
    public static RunSpec From(RunRequest request, string runId, IReadOnlyList<string> hosts, EnvironmentManifest? setup)
    {
        ScriptPayload payload = new()
        {
            Script = request.Script,
            Call = Call(request.Call),
            ArgumentsXml = request.ArgumentsXml,
            InputXml = request.InputXml,
            InputParts = Parts(request, hosts),
            Setup = setup,
            WorkingDirectory = request.WorkingDirectory,
            Depth = request.Depth,
            Environment = Sorted(request.Environment),
        };
        return new RunSpec(request, runId, Checked(WireJson.Write(payload))) { PartHashes = request.RunId is null ? null : PayloadParts.Of(payload) };
    }

    // A hashtable has another order in each session, and the same run has the same payload.
    private static IReadOnlyDictionary<string, string> Sorted(IReadOnlyDictionary<string, string> variables) => variables.Count < 2
        ? variables
        : new SortedDictionary<string, string>(variables.ToDictionary(StringComparer.Ordinal), StringComparer.Ordinal);

    private static byte[] Checked(byte[] payload) => payload.Length <= ScriptPayload.MaxLength
        ? payload
        : throw new SlicePoolException(
            "PayloadTooLarge",
            PoolErrorCategory.LimitsExceeded,
            $"Script, arguments and input are {payload.Length:N0} bytes; at most {ScriptPayload.MaxLength:N0} can be sent.",
            "Send less, or put the data where every host can read it and send its path.");

    private static CallPayload? Call(RemoteCall? call) => call is null ? null : new CallPayload
    {
        Function = call.Function,
        ContractHash = call.Contract.Hash,
        Contract = call.Assembly is null ? call.Contract.Schema : null,
        Assembly = call.Assembly?.GetName().Name,
        Arguments = call.Arguments.ToArray(),
    };

    private static Dictionary<string, string>? Parts(RunRequest request, IReadOnlyList<string> hosts)
    {
        if (request.InputParts is not { } parts)
        {
            return null;
        }

        return parts.Count == hosts.Count
            ? hosts.Zip(parts).Where(pair => pair.Second is not null).ToDictionary(pair => pair.First, pair => pair.Second!, StringComparer.Ordinal)
            : throw new SlicePoolException(
                "InvalidSelection",
                PoolErrorCategory.InvalidArgument,
                $"The input is in {parts.Count} parts, and the run is for {hosts.Count} hosts.",
                "The pool was resized in between; try again.");
    }
}
