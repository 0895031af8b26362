using Eformer.Pool.Functions;

namespace Eformer.Pool.Tests.Functions;

/// <summary>What all proxies have in common.</summary>
public sealed class RemoteProxyTests
{
    [Fact]
    public void A_proxy_without_a_pool_is_refused_when_it_is_made() =>
        Assert.Equal("pool", Assert.Throws<ArgumentNullException>(() => new Proxy(null!)).ParamName);

    private sealed class Proxy(SlicePoolManager pool) : RemoteProxy(pool, null);
}
