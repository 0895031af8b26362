using Microsoft.CodeAnalysis;

namespace Eformer.Pool.Generators.Parsing;

/// <summary>What is wrong with a declaration. Analysers report it; the generator makes nothing of what has an error.</summary>
/// <param name="Rule">The rule that it breaks.</param>
/// <param name="At">What it is about.</param>
/// <param name="Arguments">For the rule's message.</param>
internal sealed record Problem(DiagnosticDescriptor Rule, ISymbol At, params object[] Arguments)
{
    /// <summary>Whether no code is made for the function because of it.</summary>
    public bool IsFatal => Rule.DefaultSeverity == DiagnosticSeverity.Error && !Analyzers.Rules.IsOfCmdlet(Rule);

    /// <summary>As it is reported.</summary>
    public Diagnostic ToDiagnostic() => Diagnostic.Create(Rule, At.Locations.FirstOrDefault(static place => place.IsInSource), Arguments);
}
