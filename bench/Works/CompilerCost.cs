using System.Diagnostics;
using Eformer.Pool.Bench.Driving;
using Eformer.Pool.Bench.Measuring;
using Eformer.Pool.Generators;

namespace Eformer.Pool.Bench.Works;

/// <summary>
/// What a thousand remote functions add to the SDK's own compiler when it is started for them, as on a build machine: most of its time
/// goes into compiling itself, with generators or without.
/// </summary>
internal sealed class CompilerCost(int repetitions) : IWorks
{
    private readonly Dictionary<string, Quantity> _parts = [];
    private readonly Lazy<DirectoryInfo> _folder = new(WriteProject);

    /// <inheritdoc/>
    public IReadOnlyList<Work> Works =>
        [new("generators: added to a compiler just started, for 1,000 functions", OnceAsync) { Reach = 1000, Repetitions = repetitions, Parts = () => _parts }];

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        if (_folder.IsValueCreated)
        {
            _folder.Value.Delete(recursive: true);
        }

        return ValueTask.CompletedTask;
    }

    private async Task<TimeSpan> OnceAsync()
    {
        TimeSpan without = await CompileAsync();
        TimeSpan with = await CompileAsync("/analyzer:" + typeof(RemoteFunctionGenerator).Assembly.Location);
        _parts["without generators"] = Quantity.Of(without);
        _parts["with them and their analyser"] = Quantity.Of(with);
        return with - without;
    }

    private async Task<TimeSpan> CompileAsync(params string[] more)
    {
        long start = Stopwatch.GetTimestamp();
        using Process process = ChildProcess.Start("dotnet", ["exec", Shipped.Compiler, "/noconfig", "@" + Path.Combine(_folder.Value.FullName, "all.rsp"), .. more]);
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? Stopwatch.GetElapsedTime(start) : throw new InvalidOperationException($"The functions do not compile: {output}");
    }

    private static DirectoryInfo WriteProject()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("ef-");
        List<string> lines = ["/target:library", "/nullable:enable", "/nologo", "/deterministic+", "/debug:portable", $"/out:\"{Path.Combine(folder.FullName, "Many.dll")}\""];
        lines.AddRange(GeneratorCost.References().Select(static path => $"/reference:\"{path}\""));
        foreach ((int number, string text) in ManyFunctions.Files.Index())
        {
            string path = Path.Combine(folder.FullName, $"Many{number}.cs");
            File.WriteAllText(path, text);
            lines.Add($"\"{path}\"");
        }

        File.WriteAllLines(Path.Combine(folder.FullName, "all.rsp"), lines);
        return folder;
    }
}
