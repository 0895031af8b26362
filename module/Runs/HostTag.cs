using System.Management.Automation;

namespace Eformer.Pool.Module.Runs;

/// <summary>Says on an object which host it came from, the way remoting does.</summary>
internal static class HostTag
{
    private const string Name = "PSComputerName";

    /// <summary>The object with its host; a host that it already names, from a run within the run, is replaced.</summary>
    public static PSObject Add(object item, HostAddress host)
    {
        PSObject tagged = PSObject.AsPSObject(item);
        // What comes bare has no properties of its own, and looking for one costs as much as adding it.
        if (ReferenceEquals(tagged, item) && tagged.Properties[Name] is not null)
        {
            tagged.Properties.Remove(Name);
        }

        tagged.Properties.Add(new PSNoteProperty(Name, host), preValidated: true);
        return tagged;
    }
}
