using System.Management.Automation;
using System.Reflection;

namespace Eformer.Pool.Module.Tests.Engines;

/// <summary>A session in a process of its own: runs a script, prints what it writes and what went wrong.</summary>
internal static class SessionProgram
{
    /// <summary>Runs a script. With <c>--foreign</c> another StackExchange.Redis is loaded first, as some other module would.</summary>
    public static int Run(string file, string[] arguments)
    {
        if (arguments.Contains("--foreign"))
        {
            Assembly.LoadFrom(Places.ForeignRedis).GetType("StackExchange.Redis.ConfigurationOptions", throwOnError: true)!
                .GetMethod("Parse", [typeof(string)])!.Invoke(null, ["localhost:6379"]);
        }

        // Not disposed of: what a session leaves when it just ends is what is tested.
        Engine engine = new();
        EngineResult result = engine.Run(File.ReadAllText(file));
        Write(Console.Out, result.Output);
        Write(Console.Error, result.Errors.Append(result.Failure).OfType<ErrorRecord>().Select(error => $"{error.FullyQualifiedErrorId}: {error}"));
        return result.Failure is null ? 0 : 1;
    }

    private static void Write(TextWriter target, IEnumerable<object> items)
    {
        foreach (object item in items)
        {
            target.WriteLine(item);
        }
    }
}
