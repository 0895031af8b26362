using System.Text;
using Eformer.Pool.Functions;
using Eformer.Pool.HostWorker.Runners;

namespace Eformer.Pool.HostWorker.Tests.Support;

/// <summary>Calls as an agent makes them.</summary>
internal static class Calls
{
    /// <summary>The variables that every attempt has.</summary>
    public static readonly Dictionary<string, string> Environment = new()
    {
        ["TPU_HOST_ID"] = "1", ["TPU_SLICE_NAME"] = "slice-0", ["TPU_NUM_DEVICES"] = "4", ["EXECUTOR_CALL_INDEX"] = "1",
        ["EXECUTOR_CALL_SLICE"] = "0", ["EFORMER_FENCE_TOKEN"] = "7", ["MINE"] = "yours",
    };

    /// <summary>The call of a request.</summary>
    public static RunnerCall Of(RemoteRequest request, string? path = null) => new()
    {
        AssemblyPath = path ?? Builds.Current,
        Function = request.Contract.Name,
        ContractHash = request.Contract.Hash,
        Contract = request.Contract.Schema,
        Arguments = RemoteCall.Of(request).Arguments,
        RunId = "run",
        Attempt = 2,
    };

    /// <summary>A call whose arguments are as they are written here.</summary>
    public static RunnerCall With(RemoteContract contract, string json, byte form = RemoteCall.Json) => new()
    {
        AssemblyPath = Builds.Current,
        Function = contract.Name,
        ContractHash = contract.Hash,
        Arguments = (byte[])[form, .. Encoding.UTF8.GetBytes(json)],
        RunId = "run",
        Attempt = 1,
    };

    /// <summary>A job for a call.</summary>
    public static RunnerJob JobOf(RunnerCall call, bool fresh = false) => new() { AttemptId = "run.2", Script = "", Call = call, FreshRunspace = fresh, Environment = Environment };
}
