using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using Eformer.Pool.Generators.Model;
using Microsoft.CodeAnalysis;

namespace Eformer.Pool.Generators.Parsing;

/// <summary>Reads the XML comment of a method.</summary>
/// <remarks>From its source: the compiler knows comments only in projects that write a documentation file.</remarks>
internal static class CommentText
{
    private static readonly Regex s_line = new(@"^[ \t]*///[ \t]?(?<text>.*?)\r?$", RegexOptions.Multiline | RegexOptions.CultureInvariant);
    private static readonly Regex s_block = new(@"/\*\*(?<text>.*?)\*/", RegexOptions.Singleline | RegexOptions.CultureInvariant);
    private static readonly Regex s_star = new(@"^[ \t]*\*[ \t]?", RegexOptions.Multiline | RegexOptions.CultureInvariant);
    private static readonly Regex s_space = new(@"\s+", RegexOptions.CultureInvariant);

    /// <summary>What it says; of a partial method that of the part with the body, if it has one, as to the compiler.</summary>
    public static HelpText Of(IMethodSymbol method, CancellationToken cancellationToken) =>
        method.PartialImplementationPart is { } body && OfPart(body, cancellationToken) is var help && help != HelpText.None
            ? help
            : OfPart(method, cancellationToken);

    private static HelpText OfPart(IMethodSymbol method, CancellationToken cancellationToken)
    {
        string? trivia = method.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellationToken).GetLeadingTrivia().ToFullString();
        return trivia is null || trivia.IndexOf("/**", StringComparison.Ordinal) < 0 && trivia.IndexOf("///", StringComparison.Ordinal) < 0
            ? HelpText.None
            : Parse(Content(trivia));
    }

    private static string Content(string trivia)
    {
        MatchCollection lines = s_line.Matches(trivia);
        return lines.Count > 0
            ? string.Join("\n", lines.Cast<Match>().Select(static line => line.Groups["text"].Value))
            : s_star.Replace(s_block.Match(trivia).Groups["text"].Value, "");
    }

    private static HelpText Parse(string content)
    {
        try
        {
            XElement comment = XElement.Parse($"<comment>{content}</comment>", LoadOptions.PreserveWhitespace);
            return new HelpText(
                Text(comment.Element("summary")),
                Text(comment.Element("remarks")),
                Text(comment.Element("returns")),
                comment.Elements("param")
                    .Select(static parameter => new ParameterHelp((string?)parameter.Attribute("name") ?? "", Text(parameter)))
                    .ToEquatableArray());
        }
        catch (XmlException)
        {
            // The compiler warns of it where comments matter to it (CS1570).
            return HelpText.None;
        }
    }

    private static string Text(XElement? element) => element is null ? "" : s_space.Replace(string.Concat(element.Nodes().Select(Text)), " ").Trim();

    private static string Text(XNode node) => node switch
    {
        XText text => text.Value,
        XElement { IsEmpty: true } reference => Name(reference),
        XElement { Name.LocalName: "para" } paragraph => " " + string.Concat(paragraph.Nodes().Select(Text)) + " ",
        XElement element => string.Concat(element.Nodes().Select(Text)),
        _ => "",
    };

    private static string Name(XElement reference)
    {
        string name = (string?)reference.Attribute("cref") ?? (string?)reference.Attribute("langword") ?? (string?)reference.Attribute("name")
            ?? (string?)reference.Attribute("href") ?? "";
        return reference.Attribute("cref") is null ? name : name.Split('(')[0].Split('.', ':').Last().Replace('{', '<').Replace('}', '>');
    }
}
