using Eformer.Pool.Generators.Analyzers;
using Eformer.Pool.Generators.Emission;
using Eformer.Pool.Generators.Model;
using Microsoft.CodeAnalysis;

namespace Eformer.Pool.Generators.Parsing;

/// <summary>Parses what a function says about its cmdlet. What is wrong with that costs the cmdlet only.</summary>
internal static class CmdletParser
{
    /// <summary>The cmdlet; null when none is wanted, or none can be made.</summary>
    public static CmdletModel? Parse(IMethodSymbol method, AttributeData attribute, IReadOnlyList<ParameterModel> parameters, List<Problem> problems)
    {
        if (attribute.Argument("Cmdlet") is not string name)
        {
            return null;
        }

        string[] parts = name.Split('-');
        if (parts.Length != 2 || !parts.All(IsWord))
        {
            problems.Add(new Problem(Rules.CmdletNameMalformed, method, name));
            return null;
        }

        string? verb = ApprovedVerbs.Find(parts[0]);
        if (verb is null)
        {
            problems.Add(new Problem(Rules.VerbNotApproved, method, parts[0], name));
        }

        CmdletModel cmdlet = new(verb ?? Identifiers.Pascal(parts[0]), Identifiers.Pascal(parts[1]));
        int before = problems.Count;
        CheckParameters(method, cmdlet, parameters, problems);
        CheckAccess(method, cmdlet, problems);
        return problems.Count == before ? cmdlet : null;
    }

    private static bool IsWord(string part) => part.Length > 0 && IsLetter(part[0]) && part.All(static letter => IsLetter(letter) || letter is >= '0' and <= '9');

    private static bool IsLetter(char letter) => letter is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z');

    private static void CheckParameters(IMethodSymbol method, CmdletModel cmdlet, IReadOnlyList<ParameterModel> parameters, List<Problem> problems)
    {
        HashSet<string> taken = new(CmdletParameters.Taken, StringComparer.OrdinalIgnoreCase) { cmdlet.ClassName };
        foreach (IParameterSymbol parameter in method.Parameters.Where(parameter => parameters[parameter.Ordinal].Role == ParameterRole.Data))
        {
            if (!taken.Add(parameter.Name))
            {
                problems.Add(new Problem(Rules.CmdletParameterTaken, parameter, Identifiers.Pascal(parameter.Name), cmdlet.Name));
            }
        }
    }

    private static void CheckAccess(IMethodSymbol method, CmdletModel cmdlet, List<Problem> problems)
    {
        if (SignatureRules.TypesOf(method).FirstOrDefault(static type => Accesses.Of(type) != Access.Public) is { } hidden)
        {
            problems.Add(new Problem(Rules.CmdletTypeNotPublic, method, cmdlet.Name, hidden.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat)));
        }
    }
}
