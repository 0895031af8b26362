namespace Eformer.Pool.Faults.Tests.Driver;

/// <summary>What a driver in a process of its own is to do.</summary>
/// <param name="Endpoint">The store, as host and port.</param>
/// <param name="Password">Its password.</param>
/// <param name="Fleet">The fleet.</param>
/// <param name="KeyFile">The fleet's keys.</param>
/// <param name="Pool">Name of the pool to make.</param>
/// <param name="Slices">Its slices.</param>
/// <param name="HostsPerSlice">Hosts in each.</param>
/// <param name="LeaseSec">Life of a lease, in seconds.</param>
/// <param name="Script">What to run on every host.</param>
/// <param name="KeepSec">How long agents keep the pool without it, in seconds; 0 for not at all.</param>
/// <param name="RunId">Id of the run, if it has one of its own.</param>
internal sealed record DriverOrder(
    string Endpoint, string Password, string Fleet, string KeyFile, string Pool, int Slices, int HostsPerSlice, int LeaseSec, string Script,
    int KeepSec, string? RunId);
