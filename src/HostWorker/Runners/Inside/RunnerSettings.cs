using Eformer.Pool.HostWorker.Engines;

namespace Eformer.Pool.HostWorker.Runners.Inside;

/// <summary>What a runner is told by the agent that starts it: secrets by environment, the rest by arguments.</summary>
internal sealed record RunnerSettings(string SocketPath, string Token, string RunnerId, EngineKind Engine, string EngineFolder, string EngineName)
{
    /// <summary>The variable that holds the path of the agent's socket.</summary>
    public const string SocketVariable = "EFORMER_RUNNER_SOCKET";

    /// <summary>The variable that holds the one-time token.</summary>
    public const string TokenVariable = "EFORMER_RUNNER_TOKEN";

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
        string id = Environment.GetEnvironmentVariable(Containment.ProcessTree.MarkerVariable) ?? "";
        return arguments is [_, var kind, var folder, var name] && kind is nameof(EngineKind.Pwsh) or nameof(EngineKind.Embedded)
            ? new RunnerSettings(socket, token, id, kind == nameof(EngineKind.Pwsh) ? EngineKind.Pwsh : EngineKind.Embedded, folder, name)
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
