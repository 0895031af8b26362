using System.Management.Automation;

namespace Eformer.Pool.Module.Runs;

/// <summary>Says on objects which host they came from, the way remoting does.</summary>
/// <param name="host">The host.</param>
internal sealed class HostTag(HostAddress host)
{
    private const string Name = "PSComputerName";

    // Each object gets a copy of its own from the engine, so one is enough to copy from.
    private readonly PSNoteProperty _property = new(Name, host);

    /// <summary>The object with its host; a host that it already names, from a run within the run, is replaced.</summary>
    public PSObject Add(object item)
    {
        PSObject tagged = PSObject.AsPSObject(item);
        // What comes bare has no properties of its own, and looking for one costs as much as adding it.
        if (ReferenceEquals(tagged, item) && tagged.Properties[Name] is not null)
        {
            tagged.Properties.Remove(Name);
        }

        tagged.Properties.Add(_property, preValidated: true);
        return tagged;
    }
}
