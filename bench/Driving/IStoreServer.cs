using Eformer.Pool.Store;

namespace Eformer.Pool.Bench.Driving;

/// <summary>A store server of our own; it ends when this is disposed of.</summary>
internal interface IStoreServer : IAsyncDisposable
{
    /// <summary>What to call it.</summary>
    string Name { get; }

    /// <summary>Where it listens, and its password.</summary>
    StoreFile Address { get; }

    /// <summary>Its process, whose processor time is of interest.</summary>
    int ProcessId { get; }
}
