using System.Collections.Concurrent;
using System.Reflection;
using Eformer.Pool.Payloads;
using Eformer.Pool.RuntimeEnvironments;
using Eformer.Pool.Store;

namespace Eformer.Pool.Functions;

/// <summary>Puts the assemblies of remote functions into a store: once, and again from time to time, because stores forget. Thread-safe.</summary>
internal sealed class FunctionShipper(TimeProvider clock)
{
    // Calls are frequent and quick; hosts that have the assembly already ask nobody. A store that lost it costs a call on a new host.
    private static readonly TimeSpan s_trust = TimeSpan.FromMinutes(1);
    private readonly ConcurrentDictionary<Assembly, Shipment> _shipped = new();

    /// <summary>Makes sure that an assembly and what it needs are in the store.</summary>
    /// <returns>What to tell the hosts.</returns>
    /// <exception cref="SlicePoolException"><c>AssemblyNotShippable</c>, and those of <see cref="EnvironmentShipper"/>.</exception>
    public async Task<EnvironmentManifest?> SendAsync(IPoolStore store, Assembly assembly, CancellationToken cancellationToken)
    {
        if (_shipped.TryGetValue(assembly, out Shipment? shipment) && clock.GetElapsedTime(shipment.At) < s_trust)
        {
            return shipment.Manifest;
        }

        long now = clock.GetTimestamp();
        RuntimeEnvironment environment = new() { Assemblies = [new AssemblyFiles(assembly.GetName().Name!, AssemblyClosure.Of(assembly))] };
        EnvironmentManifest? manifest = await EnvironmentShipper.Shared.SendAsync(store, environment, cancellationToken);
        _shipped[assembly] = new Shipment(manifest, now);
        return manifest;
    }

    private sealed record Shipment(EnvironmentManifest? Manifest, long At);
}
