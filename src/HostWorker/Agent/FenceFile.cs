using System.ComponentModel;
using System.Text.Json;
using Eformer.Pool.Files;
using Eformer.Pool.Leases;
using Microsoft.Win32.SafeHandles;

namespace Eformer.Pool.HostWorker.Agent;

/// <summary>The fences of an agent's hosts on disk. Written and synced before an acceptance is reported.</summary>
internal sealed class FenceFile(string folder)
{
    private readonly string _path = Path.Combine(PrivateFolder.Create(folder), "fence.json");

    private readonly Lock _gate = new();
    private Dictionary<string, Fence>? _fences;
    private volatile string? _trouble;

    /// <summary>The fences by host; empty when there is no file. Read once: from then on this process knows better than the file.</summary>
    /// <exception cref="SlicePoolException"><c>FenceDamaged</c>: guessing could let two leases run at once.</exception>
    public Dictionary<string, Fence> Load()
    {
        lock (_gate)
        {
            return _fences ??= Read();
        }
    }

    private Dictionary<string, Fence> Read()
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

    /// <summary>Why the file could not be written when that was last tried; it is tried again. Null when it could.</summary>
    public string? TryAgain()
    {
        lock (_gate)
        {
            if (_trouble is not null && _fences is not null)
            {
                try
                {
                    Replace(_fences);
                }
                catch (Exception exception) when (IsTrouble(exception))
                {
                    // Noted: no lease is accepted meanwhile.
                }
            }

            return _trouble;
        }
    }

    /// <summary>Whether this is why the file could not be written.</summary>
    public static bool IsTrouble(Exception exception) => exception is IOException or UnauthorizedAccessException or Win32Exception;

    /// <summary>Puts fences into the file, unless it holds later ones: temporary file, sync, rename, sync of the folder. Thread-safe.</summary>
    public void Put(IReadOnlyDictionary<string, Fence> fences)
    {
        lock (_gate)
        {
            Dictionary<string, Fence> next = new(Load(), StringComparer.Ordinal);
            foreach ((string host, Fence fence) in fences)
            {
                // An end that comes late must not take the place of the next lease.
                if (fence.Epoch >= next.GetValueOrDefault(host, Fence.None).Epoch)
                {
                    next[host] = fence;
                }
            }

            Replace(next);
            _fences = next;
        }
    }

    private void Replace(Dictionary<string, Fence> fences)
    {
        try
        {
            Write(fences);
            _trouble = null;
        }
        catch (Exception exception) when (IsTrouble(exception))
        {
            _trouble = $"its fence file '{_path}' cannot be written, so it accepts no lease: {exception.Message}";
            throw;
        }
    }

    private void Write(Dictionary<string, Fence> fences)
    {
        string temporary = _path + ".new";
        using (SafeFileHandle handle = File.OpenHandle(temporary, FileMode.Create, FileAccess.Write))
        {
            RandomAccess.Write(handle, JsonSerializer.SerializeToUtf8Bytes(fences, FenceJsonContext.Default.DictionaryStringFence), 0);
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
