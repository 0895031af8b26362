namespace Eformer.Pool.Generators.Model;

/// <summary>What the XML comment of a function says, as plain text; empty where it says nothing.</summary>
internal sealed record HelpText(string Summary, string Remarks, string Returns, EquatableArray<ParameterHelp> Parameters)
{
    /// <summary>No comment.</summary>
    public static HelpText None { get; } = new("", "", "", default);

    /// <summary>What it says about a parameter.</summary>
    public string Of(string parameter) => Parameters.FirstOrDefault(help => help.Name == parameter)?.Text ?? "";
}
