namespace Eformer.Pool.Generators.Model;

/// <summary>What an XML comment says about a parameter.</summary>
internal sealed record ParameterHelp(string Name, string Text);
