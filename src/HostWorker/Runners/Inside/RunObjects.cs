using System.Collections;
using System.Management.Automation;
using System.Xml;

namespace Eformer.Pool.HostWorker.Runners.Inside;

/// <summary>The objects that come with a run: its arguments and its input.</summary>
internal static class RunObjects
{
    /// <summary>Opens a CLIXML document that holds a list.</summary>
    /// <param name="xml">The document.</param>
    /// <param name="what">What it holds, for messages: <c>arguments</c>.</param>
    /// <exception cref="RunRefusedException">It is no such document.</exception>
    public static IList Read(string xml, string what)
    {
        object value;
        try
        {
            value = PSSerializer.Deserialize(xml);
        }
        catch (XmlException e)
        {
            throw new RunRefusedException($"The {what} are no valid CLIXML: {e.Message}", e);
        }

        return (value as PSObject)?.BaseObject as IList ?? value as IList
            ?? throw new RunRefusedException($"The {what} are no list.");
    }
}
