using System.Globalization;

namespace Eformer.Pool.HostWorker.Runners.Containment;

/// <summary>The cgroup of one runner: what is started in it never leaves it by itself, whatever else it does.</summary>
/// <remarks>
/// A leaf below the agent's own. It can be made as root, or where a service manager delegates. No controller is used, so that
/// it costs nothing and works on a hierarchy without any.
/// </remarks>
internal sealed class RunnerCgroup(string path)
{
    private const string Prefix = "eformer-";
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(2);

    /// <summary>Its folder.</summary>
    public string Path => path;

    /// <summary>Makes one for a runner that is about to start; null where that cannot be done.</summary>
    public static RunnerCgroup? TryMake(string runnerId)
    {
        if (CgroupHierarchy.Find() is not { } hierarchy)
        {
            return null;
        }

        try
        {
            RunnerCgroup made = new(Directory.CreateDirectory(System.IO.Path.Join(hierarchy.Own, Prefix + runnerId)).FullName);
            // What comes to life with these files is one; anything else is a folder.
            if (System.IO.File.Exists(made.File("cgroup.procs")) && System.IO.File.Exists(made.File("cgroup.kill")))
            {
                return made;
            }

            made.TryRemove();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Read-only, or somebody else's: the process tree is killed without it.
        }

        return null;
    }

    /// <summary>Those that an earlier life of an agent has left.</summary>
    /// <param name="tag">How the ids of all its runners begin.</param>
    public static IReadOnlyList<RunnerCgroup> FindAll(string tag)
    {
        EnumerationOptions everywhere = new() { RecurseSubdirectories = true, IgnoreInaccessible = true, AttributesToSkip = 0 };
        return CgroupHierarchy.Find() is { } hierarchy
            ? [.. Directory.EnumerateDirectories(hierarchy.Mount, $"{Prefix}{tag}*", everywhere).Select(folder => new RunnerCgroup(folder))]
            : [];
    }

    /// <summary>Removes those in which nothing lives and that were made before a time: of agents that died and never came back.</summary>
    /// <remarks>A runner whose agent died ends itself and everything in its cgroup, but cannot remove what it is in.</remarks>
    public static void RemoveAbandoned(DateTimeOffset before)
    {
        foreach (RunnerCgroup group in FindAll(""))
        {
            if (!group.IsPopulated && Directory.GetLastWriteTimeUtc(group.Path) < before.UtcDateTime)
            {
                group.TryRemove();
            }
        }
    }

    /// <summary>Puts this process in, with everything it starts from here on.</summary>
    /// <returns>Whether it is in.</returns>
    public bool TryJoin() => TryWrite("cgroup.procs", "0");

    /// <summary>Kills everything in it at once, this process too if it is in.</summary>
    /// <returns>Whether that could be said to the kernel.</returns>
    public bool Kill() => TryWrite("cgroup.kill", "1");

    /// <summary>Kills everything in it, waits until it is gone, and removes it.</summary>
    /// <returns>Whether nothing of it lives any more.</returns>
    public async Task<bool> KillAsync(TimeSpan patience, TimeProvider clock)
    {
        long begun = clock.GetTimestamp();
        for (Kill(); !TryRemove(); Kill())
        {
            if (clock.GetElapsedTime(begun) > patience)
            {
                return !IsPopulated;
            }

            await Task.Delay(s_pause, clock).ConfigureAwait(false);
        }

        return true;
    }

    /// <summary>The processes in it, and in those that user code has made below.</summary>
    /// <exception cref="IOException">No look can be taken: file descriptors are short.</exception>
    public IReadOnlySet<int> Members() =>
        Tree().SelectMany(group => Read(System.IO.Path.Join(group, "cgroup.procs")).Split('\n', StringSplitOptions.RemoveEmptyEntries))
            .Select(pid => int.Parse(pid, CultureInfo.InvariantCulture)).ToHashSet();

    /// <summary>Whether something lives in it or below, or nothing can tell.</summary>
    public bool IsPopulated
    {
        get
        {
            try
            {
                return Read(File("cgroup.events")).Contains("populated 1", StringComparison.Ordinal);
            }
            catch (IOException)
            {
                return true;
            }
        }
    }

    /// <summary>Removes it if nothing is left in it.</summary>
    /// <returns>Whether it is gone.</returns>
    public bool TryRemove()
    {
        try
        {
            foreach (string group in Tree().Reverse())
            {
                Directory.Delete(group);
            }

            return true;
        }
        catch (DirectoryNotFoundException)
        {
            return !Directory.Exists(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Busy: something in it has not ended yet.
            return false;
        }
    }

    // Parents before children.
    private IReadOnlyList<string> Tree() => Directory.Exists(path)
        ? [path, .. Directory.EnumerateDirectories(path, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)]
        : [];

    private string File(string name) => System.IO.Path.Join(path, name);

    private bool TryWrite(string name, string text)
    {
        try
        {
            using FileStream file = new(File(name), FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
            file.Write(System.Text.Encoding.ASCII.GetBytes(text));
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Gone already, or not ours to use; callers look at what came of it.
            return false;
        }
    }

    private static string Read(string file)
    {
        try
        {
            return System.IO.File.ReadAllText(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException && !Shortage.Is(e))
        {
            return "";
        }
    }
}
