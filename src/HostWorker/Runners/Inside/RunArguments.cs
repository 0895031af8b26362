using System.Collections;
using System.Management.Automation;
using System.Xml;

namespace Eformer.Pool.HostWorker.Runners.Inside;

/// <summary>The arguments of a run.</summary>
internal static class RunArguments
{
    /// <summary>Opens a CLIXML document that holds a list.</summary>
    /// <exception cref="InvalidDataException">It is no such document.</exception>
    public static IEnumerable Read(string? xml)
    {
        if (xml is null)
        {
            return Array.Empty<object>();
        }

        object value;
        try
        {
            value = PSSerializer.Deserialize(xml);
        }
        catch (XmlException e)
        {
            throw new InvalidDataException($"The arguments are no valid CLIXML: {e.Message}", e);
        }

        return (value as PSObject)?.BaseObject as IList ?? value as IList
            ?? throw new InvalidDataException("The arguments are no list.");
    }
}
