using System.Runtime.CompilerServices;
using Eformer.Pool.HostWorker.Engines;
using Eformer.Pool.HostWorker.Runners.Containment;
using Eformer.Pool.HostWorker.Runners.Protocol;

namespace Eformer.Pool.HostWorker.Runners.Inside;

/// <summary>The process that runs user code for an agent.</summary>
internal static class RunnerRole
{
    private static readonly string[] s_secrets = ["EFORMER_STORE", "EFORMER_KEYS"];

    /// <summary>Runs until the agent ends it. Returns only when it could not start.</summary>
    public static int Run(string[] arguments)
    {
        try
        {
            RunnerSettings settings = RunnerSettings.Take(arguments);
            RemoveSecrets();
            TakeCharge(settings);
            Work(settings);
            return 0;
        }
        catch (Exception e) when (e is InvalidDataException or IOException or BadImageFormatException)
        {
            Console.Error.WriteLine(e.Message);
            return e switch
            {
                InvalidDataException => ExitCodes.Usage,
                FileNotFoundException or FileLoadException or BadImageFormatException => ExitCodes.EngineFailed,
                _ => ExitCodes.AgentGone,
            };
        }
    }

    private static void Work(RunnerSettings settings)
    {
        AgentLine line = AgentLine.Connect(settings);
        using RunnerOutbox outbox = new(line.Send, TimeProvider.System);
        // User code may end the process with [Environment]::Exit(); what it wrote before does not go with it.
        AppDomain.CurrentDomain.ProcessExit += (_, _) => outbox.Flush();
        outbox.Send(Greeting(settings).Write);
        line.Start();
        EngineLoader.Install(settings.EngineFolder);
        Serve(line, outbox, settings.Engine);
        line.EndProcess(0);
    }

    /// <summary>Removes what user code must not see, should an agent have left it.</summary>
    private static void RemoveSecrets()
    {
        foreach (string name in Environment.GetEnvironmentVariables().Keys)
        {
            if (s_secrets.Contains(name) || name.EndsWith("_PASSWORD", StringComparison.OrdinalIgnoreCase))
            {
                Environment.SetEnvironmentVariable(name, null);
            }
        }
    }

    // A cgroup holds everything that is started from here on; a session of its own makes the tree findable where there is
    // none, and orphans come back to us instead of leaving it.
    private static void TakeCharge(RunnerSettings settings)
    {
        if (settings.Cgroup is { } cgroup && !cgroup.TryJoin())
        {
            Console.Error.WriteLine($"The runner could not enter the cgroup '{cgroup.Path}'.");
        }

        if (OperatingSystem.IsLinux())
        {
            _ = NativeMethods.StartSession();
            _ = NativeMethods.Control(NativeMethods.SetChildSubreaper, 1, 0, 0, 0);
        }
    }

    private static HelloBody Greeting(RunnerSettings settings) =>
        new(settings.Token, Environment.ProcessId, settings.EngineName);

    // Nothing above may mention the engine's types: they cannot be found before the loader is installed.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Serve(AgentLine line, RunnerOutbox outbox, EngineKind engine)
    {
        using RunnerSession session = new(outbox, engine);
        session.Open();
        outbox.Send(FrameType.Ready);
        OrphanCollector orphans = new(TimeProvider.System);
        foreach (RunJob job in line.Jobs)
        {
            outbox.Send(session.Run(job).Write);
            session.Tidy();
            orphans.Collect();
        }
    }
}
