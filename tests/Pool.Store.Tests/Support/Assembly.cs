using System.Runtime.Versioning;
using Xunit;

[assembly: AssemblyFixture(typeof(SharedServers))]
// The servers are started, stopped and signalled in Unix' ways.
[assembly: UnsupportedOSPlatform("windows")]
