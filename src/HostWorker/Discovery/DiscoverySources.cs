namespace Eformer.Pool.HostWorker.Discovery;

/// <summary>Looks things up in the environment and the metadata. What is empty counts as not there.</summary>
internal sealed class DiscoverySources(IReadOnlyDictionary<string, string> environment, MetadataAnswers metadata)
{
    private readonly IReadOnlyDictionary<string, string> _tpuEnvironment =
        ParseTpuEnvironment(metadata.Values.GetValueOrDefault(MetadataPath.TpuEnvironment) ?? "");

    public Finding? Variable(string name) => Found(environment.GetValueOrDefault(name), name);

    public Finding? Metadata(string path) => Found(metadata.Values.GetValueOrDefault(path), "metadata " + path);

    /// <summary>A name of the metadata's entry <c>tpu-env</c>.</summary>
    public Finding? TpuEnvironment(string name) => Found(_tpuEnvironment.GetValueOrDefault(name), $"{name} in metadata {MetadataPath.TpuEnvironment}");

    private static Finding? Found(string? value, string source) =>
        string.IsNullOrWhiteSpace(value) ? null : new Finding(value.Trim(), source);

    // It is YAML, of the simplest kind: one NAME: 'value' per line.
    private static Dictionary<string, string> ParseTpuEnvironment(string text)
    {
        Dictionary<string, string> values = new(StringComparer.Ordinal);
        foreach (string line in text.Split('\n'))
        {
            int colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0)
            {
                values[line[..colon].Trim()] = line[(colon + 1)..].Trim().Trim('\'', '"');
            }
        }

        return values;
    }
}
