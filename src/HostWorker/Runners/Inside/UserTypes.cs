using System.Collections.Concurrent;
using System.Reflection;

namespace Eformer.Pool.HostWorker.Runners.Inside;

/// <summary>Classes that scripts define, by <c>class</c> or Add-Type: they lie in no file.</summary>
internal static class UserTypes
{
    private const string BackingSuffix = ">k__BackingField";
    private static readonly ConcurrentDictionary<Type, bool> s_known = new();
    private static readonly ConcurrentDictionary<Type, (string Name, Func<object, object?> Read)[]> s_fields = new();

    /// <summary>Whether a type is one.</summary>
    public static bool IsOne(Type type) => !type.IsPrimitive && s_known.GetOrAdd(type, static candidate =>
        !candidate.IsEnum && !candidate.IsArray && !candidate.IsConstructedGenericType
        && (candidate.Assembly.IsDynamic || candidate.Assembly.Location.Length == 0));

    /// <summary>The fields of such a type, those behind properties by the properties' names. Reading one runs no code of the user's.</summary>
    public static IReadOnlyList<(string Name, Func<object, object?> Read)> FieldsOf(Type type) => s_fields.GetOrAdd(type, static owner =>
        [.. Hierarchy(owner).SelectMany(level => level.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            .Where(field => !field.FieldType.IsPrimitive && field.FieldType != typeof(string) && (field.IsPublic || IsBacking(field)))
            .Select(field => (NameOf(field), (Func<object, object?>)field.GetValue))]);

    private static IEnumerable<Type> Hierarchy(Type type)
    {
        for (Type? level = type; level is not null && IsOne(level); level = level.BaseType)
        {
            yield return level;
        }
    }

    private static bool IsBacking(FieldInfo field) => field.Name.EndsWith(BackingSuffix, StringComparison.Ordinal);

    private static string NameOf(FieldInfo field) => IsBacking(field) ? field.Name[1..^BackingSuffix.Length] : field.Name;
}
