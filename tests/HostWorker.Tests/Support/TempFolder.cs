namespace Eformer.Pool.HostWorker.Tests.Support;

/// <summary>A folder that is removed afterwards.</summary>
internal sealed class TempFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("eft-");

    public string Path => _folder.FullName;

    public string Make(string name) => _folder.CreateSubdirectory(name).FullName;

    public string File(string name, string? text = null)
    {
        string path = System.IO.Path.Combine(Path, name);
        if (text is not null)
        {
            System.IO.File.WriteAllText(path, text);
        }

        return path;
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
