using System.Collections;
using System.Management.Automation;
using Eformer.Pool.Functions;

namespace Eformer.Pool.Module.Values;

/// <summary>What becomes of values in a pipeline.</summary>
internal static class ValueItems
{
    /// <summary>Reads values; lists are written as their items, as commands do, but for bytes.</summary>
    /// <exception cref="SlicePoolException"><c>ResultUnreadable</c>.</exception>
    public static IList Read(HostAddress host, Func<IEnumerable<object?>> read) =>
        PayloadErrors.Reading(host, () => read().SelectMany(Items).ToArray());

    private static IEnumerable<object?> Items(object? value) =>
        value is not (null or byte[]) && LanguagePrimitives.GetEnumerable(value) is IEnumerable list ? list.Cast<object?>() : [value];
}
