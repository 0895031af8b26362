using System.Collections;
using System.Management.Automation;

namespace Eformer.Pool.HostWorker.Runners.Inside;

/// <summary>Notices output that loses something on its way because of its depth. One run's; not thread-safe.</summary>
/// <remarks>
/// Measured: the engine's serializer counts only objects with a type of their own. Custom objects, dictionaries and lists are
/// kept whole however deep they are. What is cut and a user built is an object of a class of his own inside another one;
/// other .NET objects are cut without a word, as PowerShell remoting does. Only fields are read: nothing of the user's runs.
/// </remarks>
internal sealed class DepthWatch(int depth)
{
    // Enough to see what is wrong; after that nothing is searched any more.
    private const int MaxWarnings = 20;

    private readonly HashSet<(Type Type, string Path)> _told = [];
    private readonly HashSet<object> _met = new(ReferenceEqualityComparer.Instance);

    /// <summary>The warning that an object which was sent deserves; null for none.</summary>
    public string? Inspect(object? value)
    {
        if (_told.Count >= MaxWarnings || !CanHold(value))
        {
            return null;
        }

        (Type Type, string Path)? cut = Find(value, depth, "");
        _met.Clear();
        return cut is { } found && _told.Add(found)
            ? $"Output was cut at a depth of {depth}: property '{found.Path}' is of the type [{found.Type.Name}] and came as its text only. "
                + "Use -Depth for more levels."
            : null;
    }

    private static bool CanHold(object? value) => value is PSObject or IDictionary or IList || (value is not null && UserTypes.IsOne(value.GetType()));

    private (Type, string)? Find(object? value, int left, string path)
    {
        object? bare = value is PSObject wrapped ? wrapped.BaseObject : value;
        // What was met before is sent as a reference to where it was.
        if (!CanHold(bare) || bare is null)
        {
            return value is PSObject bag && bare is PSCustomObject && _met.Add(bag) ? FindInNotes(bag, left, path) : null;
        }

        if (UserTypes.IsOne(bare.GetType()) && bare is not (IDictionary or IList))
        {
            return left == 0 ? (bare.GetType(), path) : _met.Add(bare) ? FindInFields(bare, left - 1, path) : null;
        }

        return _met.Add(bare) ? FindInItems(bare, left, path) : null;
    }

    private (Type, string)? FindInNotes(PSObject bag, int left, string path)
    {
        foreach (PSPropertyInfo property in bag.Properties)
        {
            if (property is PSNoteProperty && Find(property.Value, left, Join(path, property.Name)) is { } cut)
            {
                return cut;
            }
        }

        return null;
    }

    private (Type, string)? FindInFields(object value, int left, string path)
    {
        foreach ((string name, Func<object, object?> read) in UserTypes.FieldsOf(value.GetType()))
        {
            if (Find(read(value), left, Join(path, name)) is { } cut)
            {
                return cut;
            }
        }

        return null;
    }

    private (Type, string)? FindInItems(object container, int left, string path)
    {
        if (container is IDictionary dictionary)
        {
            foreach (DictionaryEntry entry in dictionary)
            {
                if (Find(entry.Value, left, Join(path, entry.Key.ToString() ?? "")) is { } cut)
                {
                    return cut;
                }
            }

            return null;
        }

        // Items share the name of their list: it is told once for all of them.
        foreach (object? item in container is Array { Rank: 1 } array && array.GetType().GetElementType()!.IsPrimitive ? Array.Empty<object>() : (IList)container)
        {
            if (Find(item, left, path) is { } cut)
            {
                return cut;
            }
        }

        return null;
    }

    private static string Join(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";
}
