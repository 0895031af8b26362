using System.Text.Json;

namespace Eformer.Pool.Workers;

/// <summary><c>worker.json</c> in an agent's state folder: who serves there. Written when its hosts are registered, removed when it ends.</summary>
public static class WorkerFile
{
    private const string Name = "worker.json";
    private const int LargestFile = 4 * 1024 * 1024;

    /// <summary>Writes, as a whole, that this process serves there.</summary>
    public static void Write(string stateFolder, string store, string fleet, string node, IReadOnlyList<string> hosts)
    {
        string path = PathIn(stateFolder);
        WorkerInfo worker = new()
        {
            ProcessId = Environment.ProcessId,
            Started = ProcessMark.StartOf(Environment.ProcessId),
            Store = store,
            Fleet = fleet,
            Node = node,
            Hosts = hosts,
            StateFolder = stateFolder,
        };
        File.WriteAllBytes(path + ".new", JsonSerializer.SerializeToUtf8Bytes(worker, WorkerJson.Default.WorkerInfo));
        File.Move(path + ".new", path, overwrite: true);
    }

    /// <summary>Removes the file, if its folder is still there.</summary>
    public static void Remove(string stateFolder)
    {
        if (File.Exists(PathIn(stateFolder)))
        {
            File.Delete(PathIn(stateFolder));
        }
    }

    /// <summary>Reads the file; null when there is none, or its worker does not live any more.</summary>
    /// <exception cref="SlicePoolException"><c>WorkerFileDamaged</c>.</exception>
    public static WorkerInfo? Find(string stateFolder)
    {
        string path = PathIn(stateFolder);
        try
        {
            WorkerInfo? worker = new FileInfo(path).Length <= LargestFile
                ? JsonSerializer.Deserialize(File.ReadAllBytes(path), WorkerJson.Default.WorkerInfo)
                : throw Damaged(path, null);
            return worker is { ProcessId: > 0 } ? ProcessMark.IsAlive(worker.ProcessId, worker.Started) ? worker : null : throw Damaged(path, null);
        }
        catch (JsonException exception)
        {
            throw Damaged(path, exception);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    private static string PathIn(string stateFolder) => Path.Combine(stateFolder, Name);

    private static SlicePoolException Damaged(string path, Exception? cause) => new(
        "WorkerFileDamaged",
        PoolErrorCategory.InvalidData,
        $"'{path}' does not tell which worker serves there.",
        "Look for the process with 'ps' and end it with SIGTERM; the next worker writes the file anew.",
        path,
        cause);
}
