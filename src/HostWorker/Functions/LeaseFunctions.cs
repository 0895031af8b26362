using Eformer.Pool.Payloads;
using Eformer.Pool.HostWorker.Runners;

namespace Eformer.Pool.HostWorker.Functions;

/// <summary>
/// The remote functions of an agent: where each is, and those that run in the agent's process loaded once for each lease and build, so
/// that what one lease leaves in their statics never reaches another. Thread-safe.
/// </summary>
internal sealed class LeaseFunctions(InstalledFunctions installed)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Loaded> _leases = new(StringComparer.Ordinal);

    /// <summary>What a runner, or this process, needs for a call.</summary>
    /// <param name="call">The call.</param>
    /// <param name="setup">What was shipped with it; null for nothing.</param>
    /// <param name="runId">The run.</param>
    /// <param name="attempt">Number of the attempt, from 1.</param>
    /// <exception cref="SlicePoolException"><c>FunctionNotFound</c>, <c>AssemblyNotLoadable</c>.</exception>
    public RunnerCall Locate(CallPayload call, RunnerSetup? setup, string runId, int attempt) => new()
    {
        AssemblyPath = call.Assembly is null ? installed.Find(call.Function) ?? throw CallErrors.NotInstalled(call.Function) : PathOf(call.Assembly, setup),
        Function = call.Function,
        ContractHash = call.ContractHash,
        Contract = call.Contract,
        Arguments = call.Arguments,
        RunId = runId,
        Attempt = attempt,
    };

    /// <summary>An assembly as earlier calls of the lease left it.</summary>
    /// <param name="host">The host that calls.</param>
    /// <param name="leaseId">Its lease; <see cref="Release"/> must follow when that ends.</param>
    /// <param name="path">The assembly's path; that of another build is another one.</param>
    /// <exception cref="SlicePoolException"><c>AssemblyNotLoadable</c>.</exception>
    public FunctionAssembly Load(string host, string leaseId, string path)
    {
        Lazy<FunctionAssembly>? assembly;
        lock (_gate)
        {
            if (!_leases.TryGetValue(leaseId, out Loaded? lease))
            {
                _leases.Add(leaseId, lease = new Loaded());
            }

            lease.Hosts.Add(host);
            if (!lease.Assemblies.TryGetValue(path, out assembly))
            {
                lease.Assemblies.Add(path, assembly = new Lazy<FunctionAssembly>(() => FunctionAssembly.Load(path)));
            }
        }

        return assembly.Value;
    }

    /// <summary>Lets go of what a lease used on a host, when nothing of the lease runs there any more; once more does no harm.</summary>
    public void Release(string host, string leaseId)
    {
        Loaded? lease;
        lock (_gate)
        {
            if (!_leases.TryGetValue(leaseId, out lease) || !lease.Hosts.Remove(host) || lease.Hosts.Count > 0)
            {
                return;
            }

            _leases.Remove(leaseId);
        }

        foreach (Lazy<FunctionAssembly> assembly in lease.Assemblies.Values.Where(assembly => assembly.IsValueCreated))
        {
            assembly.Value.Dispose();
        }

        if (lease.Assemblies.Count > 0)
        {
            _ = SerializerCache.TidyAsync(TimeProvider.System);
        }
    }

    private static string PathOf(string assembly, RunnerSetup? setup) => setup is not null && ShippedPath.IsSafeName(assembly)
        ? Path.Combine(setup.ModulesFolder, assembly, assembly + ".dll")
        : throw CallErrors.NotLoadable(assembly, "it was not sent along");

    private sealed class Loaded
    {
        public HashSet<string> Hosts { get; } = new(StringComparer.Ordinal);

        public Dictionary<string, Lazy<FunctionAssembly>> Assemblies { get; } = new(StringComparer.Ordinal);
    }
}
