using System.Collections;
using System.Management.Automation;
using System.Text;

namespace Eformer.Pool.Module.Streams;

/// <summary>Opens the documents in which hosts send their objects.</summary>
internal static class RecordDecoder
{
    /// <summary>The objects of a document that holds a list.</summary>
    /// <remarks>
    /// They are taken out of the list that the engine made. That list has its type names in a weak table, which for as long as
    /// it lives are reached by way of the table alone; and for one such entry the garbage collector of .NET 10 goes over all entries of all
    /// weak tables 17 times instead of twice, since it marks what it finds only after 16 more objects have passed its queue.
    /// With 80,000 objects that say where they come from, each by an entry, a collection took 300 ms instead of 100.
    /// </remarks>
    /// <exception cref="System.Xml.XmlException">It is no such document.</exception>
    public static object?[] Decode(ReadOnlyMemory<byte> data)
    {
        object? root = PSSerializer.Deserialize(Encoding.UTF8.GetString(data.Span));
        return Plain(root) is IList list ? [.. list.Cast<object?>()] : [root];
    }

    /// <summary>The object without the engine's wrapper.</summary>
    public static object? Plain(object? item) => item is PSObject wrapped ? wrapped.BaseObject : item;

    /// <summary>The value of a property of an object, without the wrapper; null where there is no such property.</summary>
    public static object? Value(PSObject item, string property) => Plain(item.Properties[property]?.Value);
}
