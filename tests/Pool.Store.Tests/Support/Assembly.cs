using Eformer.Pool.RedisStore.Tests.Servers;
using Xunit;

[assembly: AssemblyFixture(typeof(SharedServers))]
