using System.Runtime.Versioning;
using Eformer.Pool.RedisStore.Tests.Servers;
using Xunit;

[assembly: AssemblyFixture(typeof(SharedServers))]
// The servers are started, stopped and signalled in Unix' ways.
[assembly: UnsupportedOSPlatform("windows")]
