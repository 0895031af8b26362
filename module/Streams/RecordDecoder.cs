using System.Collections;
using System.Management.Automation;
using System.Text;

namespace Eformer.Pool.Module.Streams;

/// <summary>Opens the documents in which hosts send their objects.</summary>
internal static class RecordDecoder
{
    /// <summary>The objects of a document that holds a list.</summary>
    /// <exception cref="System.Xml.XmlException">It is no such document.</exception>
    public static IList Decode(ReadOnlyMemory<byte> data)
    {
        object? root = PSSerializer.Deserialize(Encoding.UTF8.GetString(data.Span));
        return Plain(root) is IList list ? list : new[] { root };
    }

    /// <summary>The object without the engine's wrapper.</summary>
    public static object? Plain(object? item) => item is PSObject wrapped ? wrapped.BaseObject : item;

    /// <summary>The value of a property of an object, without the wrapper; null where there is no such property.</summary>
    public static object? Value(PSObject item, string property) => Plain(item.Properties[property]?.Value);
}
