namespace Eformer.Pool.HostWorker.Preemption;

/// <summary>A file that announces by being there; its first line is the reason.</summary>
internal sealed class FilePreemptionNotice(string path) : IPreemptionNotice
{
    public string Source => $"file '{path}'";

    public TimeSpan Period { get; } = TimeSpan.FromSeconds(1);

    public async Task<string?> ReadAsync(CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        string there = $"file '{path}' is there";
        try
        {
            using StreamReader reader = File.OpenText(path);
            char[] start = new char[1024];
            int read = await reader.ReadBlockAsync(start, cancellationToken);
            return PreemptionReason.Of(new string(start, 0, read), there);
        }
        catch (FileNotFoundException)
        {
            // Taken away since we looked.
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Being there is what announces; the reason is only for people.
            return there;
        }
    }
}
