using Eformer.Pool.Topology;

namespace Eformer.Pool.Runs;

/// <summary>Refuses requests that mean nothing. Pure.</summary>
internal static class RunRequestCheck
{
    private const int DeepestDepth = 100;

    /// <summary>Checks what can be known before anything is sent.</summary>
    /// <exception cref="SlicePoolException"><c>InvalidRequest</c>, <c>InvalidName</c>, <c>ReservedVariable</c>, <c>InvalidEnvironment</c>.</exception>
    public static void Check(RunRequest request)
    {
        ReservedVariables.Check(request.Environment);
        if (request.RunId is not null)
        {
            PoolName.Check(request.RunId, "run");
        }

        Require(request.Depth is >= 1 and <= DeepestDepth, $"The depth is {request.Depth}.", $"It must be 1 to {DeepestDepth}.");
        Require(request.ThrottleLimit is null or > 0, $"The throttle limit is {request.ThrottleLimit}.", "It must be 1 or more.");
        Require(request.Timeout is null || request.Timeout > TimeSpan.Zero, $"The time limit is {request.Timeout}.", "It must be more than nothing.");
        Require(request.MaxFailureRetry >= 0 && request.MaxPreemptionRetry >= 0, "A number of retries is negative.", "It must be 0 or more.");
        Require(request.KeepResultsFor >= TimeSpan.FromSeconds(1), $"Results are to be kept for {request.KeepResultsFor}.", "It must be a second or more.");
        Require(request.InputXml is null || request.InputParts is null, "There is input for all hosts and for single ones.", "Give one of them.");
        Require(request.Call is not null || request.Isolation != Isolation.InProcess, "A script cannot run in the agent's process.", "Choose another isolation; InProcess is for remote functions.");
        Require(request.Call is null || !HasScript(request), "There is a remote function and a script, or what only scripts need.", "Give one of them.");
    }

    private static bool HasScript(RunRequest request) => request.Script.Length > 0
        || (request.ArgumentsXml ?? request.WorkingDirectory ?? request.InputXml) is not null
        || request.InputParts is not null
        || request.RuntimeEnvironment is { IsEmpty: false };

    private static void Require(bool holds, string problem, string advice)
    {
        if (!holds)
        {
            throw new SlicePoolException("InvalidRequest", PoolErrorCategory.InvalidArgument, problem, advice);
        }
    }
}
