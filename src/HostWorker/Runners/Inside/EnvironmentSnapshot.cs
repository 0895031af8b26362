using System.Collections;

namespace Eformer.Pool.HostWorker.Runners.Inside;

/// <summary>All environment variables of the process, put back when disposed.</summary>
internal sealed class EnvironmentSnapshot : IDisposable
{
    private readonly IDictionary _before = Environment.GetEnvironmentVariables();

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (string name in Environment.GetEnvironmentVariables().Keys)
        {
            if (!_before.Contains(name))
            {
                Environment.SetEnvironmentVariable(name, null);
            }
        }

        foreach (DictionaryEntry variable in _before)
        {
            Environment.SetEnvironmentVariable((string)variable.Key, (string?)variable.Value);
        }
    }
}
