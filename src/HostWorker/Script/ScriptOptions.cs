using Eformer.Pool.HostWorker.Engines;

namespace Eformer.Pool.HostWorker.Script;

/// <summary>The command line of <c>eformer-host script</c>.</summary>
internal sealed record ScriptOptions(EngineChoice Engine, string? PwshFolder, string File, IReadOnlyList<string> Arguments)
{
    /// <summary>How it is called.</summary>
    public const string Usage = "usage: eformer-host script [--engine auto|pwsh|embedded] [--pwsh <folder>] <file.ps1> [arguments]";

    /// <summary>Reads what follows the verb. Everything behind the file belongs to the script.</summary>
    /// <exception cref="ArgumentException">It is not valid.</exception>
    public static ScriptOptions Parse(ReadOnlySpan<string> arguments)
    {
        EngineChoice engine = EngineChoice.Auto;
        string? pwsh = null;
        while (arguments is [var option, ..] && option.StartsWith("--", StringComparison.Ordinal))
        {
            string value = arguments.Length > 1 ? arguments[1] : throw new ArgumentException($"{option} needs a value.");
            (engine, pwsh) = option switch
            {
                "--engine" => (ParseEngine(value), pwsh),
                "--pwsh" => (engine, value),
                _ => throw new ArgumentException($"There is no option {option}."),
            };
            arguments = arguments[2..];
        }

        return arguments is [var file, .. var rest]
            ? new ScriptOptions(engine, pwsh, CheckFile(file), rest.ToArray())
            : throw new ArgumentException("Which script?");
    }

    private static EngineChoice ParseEngine(string value) => value switch
    {
        "auto" => EngineChoice.Auto,
        "pwsh" => EngineChoice.Pwsh,
        "embedded" => EngineChoice.Embedded,
        _ => throw new ArgumentException($"There is no engine '{value}'; there are auto, pwsh and embedded."),
    };

    private static string CheckFile(string file)
    {
        string path = Path.GetFullPath(file);
        return System.IO.File.Exists(path) ? path : throw new ArgumentException($"There is no file '{path}'.");
    }
}
