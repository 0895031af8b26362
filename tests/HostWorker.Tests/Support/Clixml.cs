using System.Collections;
using System.Management.Automation;
using System.Text;

namespace Eformer.Pool.HostWorker.Tests.Support;

/// <summary>Opens what runners send, as a driver does.</summary>
internal static class Clixml
{
    public static IEnumerable<object?> Read(ReadOnlyMemory<byte> data)
    {
        object value = PSSerializer.Deserialize(Encoding.UTF8.GetString(data.Span));
        foreach (object? item in (IList)PSObject.AsPSObject(value).BaseObject)
        {
            yield return item is PSObject { BaseObject: not PSCustomObject } wrapped && !wrapped.TypeNames.Any(name => name.StartsWith("Deserialized.", StringComparison.Ordinal)) && wrapped.BaseObject is not IList
                ? wrapped.BaseObject
                : item;
        }
    }

    public static string Write(params object?[] arguments) => PSSerializer.Serialize(arguments, 3);
}
