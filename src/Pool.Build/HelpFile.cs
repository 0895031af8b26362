using System.Xml.Linq;

namespace Eformer.Pool.Build;

/// <summary>A module's help file. Pure.</summary>
internal static class HelpFile
{
    private static readonly XNamespace s_help = "http://msh";

    /// <summary>The file with the help of some commands.</summary>
    /// <param name="commands">A MAML element for each.</param>
    /// <exception cref="System.Xml.XmlException">One of them is none.</exception>
    public static string Of(IEnumerable<string> commands) =>
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
        + new XElement(s_help + "helpItems", new XAttribute("schema", "maml"), commands.Select(XElement.Parse)) + "\n";
}
