using System.Runtime.CompilerServices;
using Eformer.Pool.HostWorker.Engines;

namespace Eformer.Pool.HostWorker.Script;

/// <summary><c>eformer-host script</c>: a PowerShell script with the module imported, for machines without pwsh.</summary>
internal static class ScriptVerb
{
    private const int UsageExitCode = 64;

    /// <summary>Runs a script.</summary>
    /// <param name="arguments">The verb and what follows it.</param>
    /// <returns>The script's exit code; 1 when an error ended it; 130 or 143 when a signal did; 64 for a wrong call.</returns>
    public static int Run(string[] arguments)
    {
        try
        {
            ScriptOptions options = ScriptOptions.Parse(arguments.AsSpan(1));
            EngineInfo engine = EngineLocator.Locate(options.Engine, options.PwshFolder);
            string module = PoolModule.Find();
            EngineLoader.Install(engine.Folder);
            return Execute(options, engine, module);
        }
        catch (ArgumentException e)
        {
            Console.Error.WriteLine($"{e.Message}{Environment.NewLine}{ScriptOptions.Usage}");
        }
        catch (SlicePoolException e)
        {
            Console.Error.WriteLine($"{e.Message} {e.RecommendedAction}");
        }

        return UsageExitCode;
    }

    // The engine's types can only be found once the loader is installed.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Execute(ScriptOptions options, EngineInfo engine, string module)
    {
        using ScriptRun run = new(engine.Kind);
        return run.Execute(options, module);
    }
}
