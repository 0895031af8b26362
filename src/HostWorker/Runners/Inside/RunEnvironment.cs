namespace Eformer.Pool.HostWorker.Runners.Inside;

/// <summary>The environment variables of one run: set when made, put back when disposed.</summary>
/// <remarks>What the script itself sets beside them stays, as in a PSSession.</remarks>
internal sealed class RunEnvironment : IDisposable
{
    private readonly Dictionary<string, string?> _before = [];

    /// <summary>Sets the variables of a run and removes those of the pool that it does not have.</summary>
    public RunEnvironment(IReadOnlyDictionary<string, string> variables)
    {
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
        foreach ((string name, string? value) in _before)
        {
            Environment.SetEnvironmentVariable(name, value);
        }
    }

    private void Set(string name, string? value)
    {
        _before[name] = Environment.GetEnvironmentVariable(name);
        Environment.SetEnvironmentVariable(name, value);
    }
}
