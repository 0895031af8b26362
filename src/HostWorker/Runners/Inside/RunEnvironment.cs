using System.Collections;
using Eformer.Pool.HostWorker.Runners.Protocol;

namespace Eformer.Pool.HostWorker.Runners.Inside;

/// <summary>The environment variables of a runner's runs: each finds its own and none of another's.</summary>
/// <remarks>
/// What a script itself sets beside them stays, as in a PSSession; but not what a run in a fresh runspace sets. Variables of a
/// run are put back when the next one starts: nearly always it has the same, and setting one costs as much as reading all.
/// </remarks>
internal sealed class RunEnvironment
{
    /// <summary>The variable that holds the folder of the shipped files.</summary>
    public const string FilesVariable = "EFORMER_FILES";

    // What the variables that the last run had would be without it.
    private readonly Dictionary<string, string?> _before = [];

    /// <summary>Sets the variables of a run, and removes those of the pool that it does not have.</summary>
    /// <returns>What is to be disposed when the run is over; null for nothing.</returns>
    public IDisposable? Enter(RunBody body)
    {
        if (!body.FreshRunspace)
        {
            Apply(VariablesOf(body));
            return null;
        }

        PutBack(static _ => true);
        EnvironmentSnapshot all = new();
        Apply(VariablesOf(body));
        _before.Clear();
        return all;
    }

    private static IReadOnlyDictionary<string, string> VariablesOf(RunBody body) => body.Setup?.FilesFolder is { } files
        ? new Dictionary<string, string>(body.Environment) { [FilesVariable] = files }
        : body.Environment;

    private void Apply(IReadOnlyDictionary<string, string> variables)
    {
        PutBack(name => !variables.ContainsKey(name) && !ReservedVariables.IsOwn(name));
        IDictionary now = Environment.GetEnvironmentVariables();
        foreach (string name in now.Keys)
        {
            if (ReservedVariables.IsOwn(name) && name != Containment.ProcessTree.MarkerVariable && !variables.ContainsKey(name))
            {
                Set(name, null, (string?)now[name]);
            }
        }

        foreach ((string name, string value) in variables)
        {
            Set(name, value, (string?)now[name]);
        }
    }

    private void PutBack(Func<string, bool> which)
    {
        foreach ((string name, string? value) in _before)
        {
            if (which(name))
            {
                Environment.SetEnvironmentVariable(name, value);
                _before.Remove(name);
            }
        }
    }

    private void Set(string name, string? value, string? now)
    {
        _before.TryAdd(name, now);
        if (value != now)
        {
            Environment.SetEnvironmentVariable(name, value);
        }
    }
}
