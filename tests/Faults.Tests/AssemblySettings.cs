using System.Runtime.Versioning;
using Xunit;

[assembly: AssemblyFixture(typeof(SharedServers))]
// Processes are stopped, killed and looked at in Linux' ways.
[assembly: UnsupportedOSPlatform("windows")]
