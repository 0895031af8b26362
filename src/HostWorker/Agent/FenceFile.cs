using System.Text.Json;
using Eformer.Pool.Files;
using Eformer.Pool.Leases;
using Microsoft.Win32.SafeHandles;

namespace Eformer.Pool.HostWorker.Agent;

/// <summary>The fences of an agent's hosts on disk. Written and synced before an acceptance is reported.</summary>
internal sealed class FenceFile(string folder)
{
    private readonly string _path = Path.Combine(PrivateFolder.Create(folder), "fence.json");

    /// <summary>The fences by host; empty when there is no file.</summary>
    /// <exception cref="SlicePoolException"><c>FenceDamaged</c>: guessing could let two leases run at once.</exception>
    public Dictionary<string, Fence> Load()
    {
        try
        {
            Dictionary<string, Fence>? fences = JsonSerializer.Deserialize(File.ReadAllBytes(_path), FenceJsonContext.Default.DictionaryStringFence);
            return fences is not null && fences.Values.All(IsFence) ? fences : throw Damaged(null);
        }
        catch (FileNotFoundException)
        {
            // The agent's first start. Whatever else stands there instead of a file is damage.
            return new Dictionary<string, Fence>(StringComparer.Ordinal);
        }
        catch (Exception exception) when (exception is JsonException or IOException or UnauthorizedAccessException)
        {
            throw Damaged(exception);
        }
    }

    /// <summary>Replaces the file: temporary file, sync, rename, sync of the folder.</summary>
    public void Save(IReadOnlyDictionary<string, Fence> fences)
    {
        string temporary = _path + ".new";
        using (SafeFileHandle handle = File.OpenHandle(temporary, FileMode.Create, FileAccess.Write))
        {
            byte[] bytes = JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, Fence>(fences), FenceJsonContext.Default.DictionaryStringFence);
            RandomAccess.Write(handle, bytes, 0);
            RandomAccess.FlushToDisk(handle);
        }

        File.Move(temporary, _path, overwrite: true);
        FolderSync.Flush(Path.GetDirectoryName(_path)!);
    }

    private static bool IsFence(Fence? fence) => fence is { Epoch: > 0, LeaseId.Length: > 0 } or { Epoch: 0, LeaseId.Length: 0, Held: false };

    private SlicePoolException Damaged(Exception? cause) => new(
        "FenceDamaged",
        PoolErrorCategory.InvalidData,
        $"The fence file '{_path}' cannot be read.",
        "It tells which leases this host has accepted, so the agent does not start without it. If no lease of this host can be alive, remove the file.",
        _path,
        cause);
}
