using Eformer.Pool.HostWorker.Engines;

namespace Eformer.Pool.Bench.Driving;

/// <summary>The engine that local hosts use here.</summary>
internal static class HostEngine
{
    /// <summary>The one shipped with the worker.</summary>
    public static EngineInfo Embedded { get; } =
        EngineProbe.TryRead(EngineKind.Embedded, Path.Combine(Shipped.HostFolder, "engine"), out string reason)
        ?? throw new InvalidOperationException(reason);

    /// <summary>The installed pwsh's where there is one, else that of the worker: as an agent chooses.</summary>
    public static EngineInfo Info { get; } = Find();

    private static EngineInfo Find()
    {
        try
        {
            return EngineLocator.Locate(EngineChoice.Pwsh);
        }
        catch (SlicePoolException)
        {
            return Embedded;
        }
    }
}
