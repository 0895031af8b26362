using Eformer.Pool.HostWorker.Engines;
using Eformer.Pool.HostWorker.Runners.Containment;

namespace Eformer.Pool.HostWorker.Runners.Inside;

/// <summary>What a runner is told by the agent that starts it: secrets by environment, the rest by arguments.</summary>
internal sealed record RunnerSettings(string SocketPath, string Token, string RunnerId, EngineKind Engine, string EngineFolder, string EngineName)
{
    /// <summary>The variable that holds the folder of the runner's cgroup, where there is one.</summary>
    public const string CgroupVariable = "EFORMER_RUNNER_CGROUP";

    /// <summary>The variable that holds the path of the agent's socket.</summary>
    public const string SocketVariable = "EFORMER_RUNNER_SOCKET";

    /// <summary>The variable that holds the one-time token.</summary>
    public const string TokenVariable = "EFORMER_RUNNER_TOKEN";

    /// <summary>The cgroup to run in; null for none.</summary>
    public RunnerCgroup? Cgroup { get; init; }

    /// <summary>The arguments of a runner process.</summary>
    public static IReadOnlyList<string> Arguments(EngineInfo engine) =>
        ["runner", engine.Kind.ToString(), engine.Folder, engine.Description];

    /// <summary>Takes the settings out of this process; after that user code can't find the secrets.</summary>
    /// <exception cref="InvalidDataException">It was not started by an agent.</exception>
    public static RunnerSettings Take(string[] arguments)
    {
        string socket = TakeVariable(SocketVariable);
        string token = TakeVariable(TokenVariable);
        Environment.SetEnvironmentVariable(RunnerEnvironment.RuntimeDiagnosticsVariable, null);
        RunnerCgroup? cgroup = Environment.GetEnvironmentVariable(CgroupVariable) is { } folder ? new RunnerCgroup(folder) : null;
        Environment.SetEnvironmentVariable(CgroupVariable, null);
        string id = Environment.GetEnvironmentVariable(ProcessTree.MarkerVariable) ?? "";
        return arguments is [_, var kind, var engine, var name] && kind is nameof(EngineKind.Pwsh) or nameof(EngineKind.Embedded)
            ? new RunnerSettings(socket, token, id, kind == nameof(EngineKind.Pwsh) ? EngineKind.Pwsh : EngineKind.Embedded, engine, name) { Cgroup = cgroup }
            : throw NotByAgent();
    }

    private static string TakeVariable(string name)
    {
        string value = Environment.GetEnvironmentVariable(name) ?? throw NotByAgent();
        Environment.SetEnvironmentVariable(name, null);
        return value;
    }

    private static InvalidDataException NotByAgent() => new("'eformer-host runner' is started by an agent, not by hand.");
}
