using Eformer.Pool.HostWorker.Engines;

namespace Eformer.Pool.HostWorker.Tests.Support;

/// <summary>The built worker that these tests start.</summary>
internal static class HostProgram
{
    /// <summary>The program: <c>EFORMER_HOST_EXE</c>, or what the build has put into out/host.</summary>
    public static string Path { get; } = Environment.GetEnvironmentVariable("EFORMER_HOST_EXE") ?? Find();

    /// <summary>The engine shipped beside it.</summary>
    public static EngineInfo Embedded =>
        EngineProbe.TryRead(EngineKind.Embedded, System.IO.Path.Combine(System.IO.Path.GetDirectoryName(Path)!, "engine"), out string reason)
        ?? throw new InvalidOperationException(reason);

    /// <summary>The engine of the installed pwsh, or null where there is none.</summary>
    public static EngineInfo? Pwsh { get; } = FindPwsh();

    private static string Find()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "Eformer.Pool.slnx")))
            {
                return System.IO.Path.Combine(folder.FullName, "out", "host", "eformer-host");
            }
        }

        throw new InvalidOperationException("The tests run outside of the repository; set EFORMER_HOST_EXE.");
    }

    private static EngineInfo? FindPwsh()
    {
        try
        {
            return EngineLocator.Locate(EngineChoice.Pwsh, Environment.GetEnvironmentVariable("EFORMER_PWSH"));
        }
        catch (SlicePoolException)
        {
            return null;
        }
    }
}
