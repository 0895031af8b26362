using Xunit;

namespace Eformer.Pool.Faults.Tests.Support;

/// <summary>A fleet with one agent and one pool, for tests that send things to them and find them unharmed.</summary>
public sealed class PoolToAttack(SharedServers servers) : IAsyncLifetime
{
    internal Fleet Fleet { get; private set; } = null!;

    internal AgentProcess Agent { get; private set; } = null!;

    internal SlicePoolManager Pool { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Fleet = await Fleet.CreateAsync(await servers.GetAsync(ServerKind.Garnet));
        Agent = await Fleet.StartAgentAsync();
        Pool = await Fleet.OpenPoolAsync();
    }

    public ValueTask DisposeAsync() => Fleet.DisposeAsync();
}
