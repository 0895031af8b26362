namespace Eformer.Pool.PowerShell;

/// <summary>The help of a cmdlet, from the XML comment of its function. Written by the generator; the build makes the module's help file of it.</summary>
/// <param name="cmdlet">Name of the cmdlet.</param>
/// <param name="maml">Its help: a MAML <c>command</c> element.</param>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
public sealed class RemoteCmdletHelpAttribute(string cmdlet, string maml) : Attribute
{
    /// <summary>Name of the cmdlet.</summary>
    public string Cmdlet { get; } = cmdlet;

    /// <summary>Its help: a MAML <c>command</c> element.</summary>
    public string Maml { get; } = maml;
}
