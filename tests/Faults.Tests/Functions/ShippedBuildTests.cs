using System.Reflection;
using System.Runtime.Loader;
using Acme.Functions;
using Eformer.Pool.Faults.Tests.Support;
using Eformer.Pool.Functions;
using Xunit;

namespace Eformer.Pool.Faults.Tests.Functions;

/// <summary>Assemblies travel by content: a new build of one works at once, on hosts that know the old one.</summary>
public sealed class ShippedBuildTests(SharedServers servers)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Isolation.InProcess)]
    [InlineData(Isolation.Session)]
    public async Task A_new_build_works_without_a_restart_of_anything(Isolation isolation)
    {
        (Fleet fleet, SlicePoolManager pool) = await FunctionFleet.OpenAsync(servers);
        await using Fleet whole = fleet;
        Assert.Equal([1, 1], (await pool.CallAsync(Remote.Version.With(0), isolation)).Values);
        AssemblyLoadContext apart = new("next build", isCollectible: true);
        Assembly next = apart.LoadFromAssemblyPath(FunctionFleet.NextBuild);
        RunRequest request = new()
        {
            Script = "",
            Isolation = isolation,
            Call = RemoteCall.Of(Remote.Version.With(0)) with { Assembly = next },
        };
        IReadOnlyList<HostResult> results = await pool.ExecuteOnEachHostFlatAsync(request, Token);
        Assert.All(results, result => Assert.Equal("2", Assert.Single(result.Output)));
        Assert.Equal([1, 1], (await pool.CallAsync(Remote.Version.With(0), isolation)).Values);
        apart.Unload();
    }
}
