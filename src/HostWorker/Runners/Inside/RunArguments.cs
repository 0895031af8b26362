using System.Collections;
using System.Management.Automation;
using System.Xml;
using Eformer.Pool.Payloads;

namespace Eformer.Pool.HostWorker.Runners.Inside;

/// <summary>The arguments of a run.</summary>
internal static class RunArguments
{
    // The engine's own parameter for what Invoke-Command, too, sends along for $using: expressions.
    private const string UsingParameter = "--%";

    private const string UsingType = "Deserialized." + UsingValues.TypeName;

    /// <summary>Gives a pipeline's script its arguments, and the values of its <c>$using:</c> expressions.</summary>
    /// <exception cref="InvalidDataException">The document holds no list.</exception>
    public static void AddTo(PowerShell pipeline, string? xml)
    {
        foreach (object? argument in Read(xml))
        {
            if (argument is PSObject { BaseObject: IDictionary values } wrapped && wrapped.TypeNames.Contains(UsingType))
            {
                pipeline.AddParameter(UsingParameter, values);
            }
            else
            {
                pipeline.AddArgument(argument);
            }
        }
    }

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
