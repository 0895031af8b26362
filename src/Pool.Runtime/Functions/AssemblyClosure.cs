using System.Collections.Concurrent;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Eformer.Pool.RuntimeEnvironments;

namespace Eformer.Pool.Functions;

/// <summary>Finds what an assembly needs beside itself: the files of its folder that it refers to, and those that they refer to.</summary>
/// <remarks>
/// The framework is not in that folder, and what driver and hosts share (the runtime, the module, the engine) is never shipped. Thread-safe.
/// </remarks>
internal static class AssemblyClosure
{
    private static readonly HashSet<string> s_shared = new(StringComparer.OrdinalIgnoreCase)
    {
        "Eformer.Pool.Runtime", "Eformer.Pool.Module", "System.Management.Automation",
    };

    private static readonly ConcurrentDictionary<FileStamp, IReadOnlyList<string>> s_known = new();

    /// <summary>Absolute paths: the assembly first, then what it needs, by name.</summary>
    /// <exception cref="SlicePoolException"><c>AssemblyNotShippable</c>: it was not loaded from a file, or the file was replaced since.</exception>
    public static IReadOnlyList<string> Of(Assembly assembly)
    {
        string path = assembly.Location;
        if (path.Length == 0 || !File.Exists(path))
        {
            throw NotShippable(assembly, "it was not loaded from a file, or its file is gone");
        }

        // A file that is another now is looked at again, and refused when it is not the one that was loaded.
        return s_known.GetOrAdd(FileStamp.Of(new FileInfo(path)), _ => Find(assembly, path));
    }

    private static string[] Find(Assembly assembly, string path)
    {
        if (ModuleIdOf(path) != assembly.ManifestModule.ModuleVersionId)
        {
            throw NotShippable(assembly, $"'{path}' was built anew since it was loaded");
        }

        string folder = Path.GetDirectoryName(path)!;
        SortedSet<string> found = new(StringComparer.Ordinal);
        Queue<string> open = new([path]);
        while (open.TryDequeue(out string? file))
        {
            foreach (string reference in ReferencesOf(file).Select(name => Path.Combine(folder, name + ".dll")))
            {
                if (reference != path && File.Exists(reference) && found.Add(reference))
                {
                    open.Enqueue(reference);
                }
            }
        }

        return [path, .. found];
    }

    private static IEnumerable<string> ReferencesOf(string path)
    {
        using PEReader file = new(File.OpenRead(path));
        MetadataReader metadata = file.GetMetadataReader();
        return [.. metadata.AssemblyReferences
            .Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name))
            .Where(name => !s_shared.Contains(name))];
    }

    private static Guid ModuleIdOf(string path)
    {
        using PEReader file = new(File.OpenRead(path));
        MetadataReader metadata = file.GetMetadataReader();
        return metadata.GetGuid(metadata.GetModuleDefinition().Mvid);
    }

    private static SlicePoolException NotShippable(Assembly assembly, string why) => new(
        "AssemblyNotShippable",
        PoolErrorCategory.InvalidOperation,
        $"The assembly '{assembly.GetName().Name}' cannot be sent to hosts: {why}.",
        "Start a new session with the assembly as it is now, or have it installed on the hosts and say so in the call's options.",
        assembly.GetName().Name);
}
