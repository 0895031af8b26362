using System.Collections;
using System.Management.Automation;
using Eformer.Pool.Payloads;

namespace Eformer.Pool.HostWorker.Runners.Inside;

/// <summary>The arguments of a run.</summary>
internal static class RunArguments
{
    // The engine's own parameter for what Invoke-Command, too, sends along for $using: expressions.
    private const string UsingParameter = "--%";

    private const string UsingType = "Deserialized." + UsingValues.TypeName;

    /// <summary>Gives a pipeline's script its arguments, and the values of its <c>$using:</c> expressions.</summary>
    /// <exception cref="RunRefusedException">The document holds no list.</exception>
    public static void AddTo(PowerShell pipeline, string xml)
    {
        foreach (object? argument in RunObjects.Read(xml, "arguments"))
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
}
