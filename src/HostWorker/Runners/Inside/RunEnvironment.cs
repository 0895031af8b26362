using System.Collections;
using Eformer.Pool.HostWorker.Runners.Protocol;

namespace Eformer.Pool.HostWorker.Runners.Inside;

/// <summary>The environment variables of one run: set when made, put back when disposed.</summary>
/// <remarks>What the script itself sets beside them stays, as in a PSSession; but not what a run in a fresh runspace sets.</remarks>
internal sealed class RunEnvironment : IDisposable
{
    /// <summary>The variable that holds the folder of the shipped files.</summary>
    public const string FilesVariable = "EFORMER_FILES";

    private readonly Dictionary<string, string?> _before = [];
    private readonly bool _keepsNothing;

    /// <summary>Sets the variables of a run and removes those of the pool that it does not have.</summary>
    public RunEnvironment(RunBody body)
    {
        _keepsNothing = body.FreshRunspace;
        if (_keepsNothing)
        {
            foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
            {
                _before[(string)variable.Key] = (string?)variable.Value;
            }
        }

        Dictionary<string, string> variables = new(body.Environment);
        if (body.Setup?.FilesFolder is { } files)
        {
            variables[FilesVariable] = files;
        }

        foreach (string name in Environment.GetEnvironmentVariables().Keys)
        {
            if (ReservedVariables.IsOwn(name) && name != Containment.ProcessTree.MarkerVariable && !variables.ContainsKey(name))
            {
                Set(name, null);
            }
        }

        foreach ((string name, string value) in variables)
        {
            Set(name, value);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_keepsNothing)
        {
            foreach (string name in Environment.GetEnvironmentVariables().Keys)
            {
                _before.TryAdd(name, null);
            }
        }

        foreach ((string name, string? value) in _before)
        {
            Environment.SetEnvironmentVariable(name, value);
        }
    }

    private void Set(string name, string? value)
    {
        _before.TryAdd(name, Environment.GetEnvironmentVariable(name));
        Environment.SetEnvironmentVariable(name, value);
    }
}
