namespace Eformer.Pool.Generators.Model;

/// <summary>The cmdlet of a function. Its parameters are the function's.</summary>
internal sealed record CmdletModel(string Verb, string Noun)
{
    /// <summary>What PowerShell calls it.</summary>
    public string Name => Verb + "-" + Noun;

    /// <summary>Name of its class; another where two cmdlets would have the same.</summary>
    public string ClassName { get; init; } = Verb + Noun + "Command";
}
