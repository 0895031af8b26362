using Eformer.Pool.Generators.Contracts;
using Eformer.Pool.Generators.Model;
using Eformer.Pool.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace Eformer.Pool.Generators.Analyzers;

/// <summary>Reports what is wrong with the remote functions of a project together, and how they differ from its contract file.</summary>
internal static class SetReport
{
    /// <summary>Reports it.</summary>
    public static void Of(CompilationAnalysisContext context, FoundFunction[] found)
    {
        FoundFunction[] functions = [.. found.Where(static function => function.Model is not null)];
        ILookup<string, IMethodSymbol> methods = functions.ToLookup(static function => function.Model!.Identity, static function => function.Method);
        FunctionSet.Of(functions.Select(static function => function.Model!), out IReadOnlyList<Clash> clashes);
        foreach (Clash clash in clashes)
        {
            context.ReportDiagnostic(Describe(clash, methods[clash.Function.Identity].First()));
        }

        HashSet<FunctionModel> left = [.. clashes.Where(static clash => clash.Kind != ClashKind.Cmdlet).Select(static clash => clash.Function)];
        if (context.Options.AdditionalFiles.FirstOrDefault(IsContractFile) is { } file && file.GetText(context.CancellationToken) is { } text)
        {
            ReportDrift(context, file, text, [.. functions.Where(function => !left.Contains(function.Model!))], functions.Length == found.Length);
        }
    }

    private static Diagnostic Describe(Clash clash, IMethodSymbol at) => (clash.Kind switch
    {
        ClashKind.Name => new Problem(Rules.DuplicateName, at, clash.Function.Name, Shown(clash.First)),
        ClashKind.Cmdlet => new Problem(Rules.DuplicateCmdlet, at, clash.Function.Cmdlet!.Name, Shown(clash.First)),
        _ => new Problem(Rules.ProxiesAlike, at, Shown(clash.Function), Shown(clash.First)),
    }).ToDiagnostic();

    private static string Shown(FunctionModel function) => function.Identity.Replace("global::", "");

    private static bool IsContractFile(AdditionalText file) =>
        string.Equals(Path.GetFileName(file.Path), ContractText.FileName, StringComparison.OrdinalIgnoreCase);

    private static void ReportDrift(
        CompilationAnalysisContext context, AdditionalText file, SourceText text, FoundFunction[] functions, bool allParsed)
    {
        Dictionary<string, ContractEntry> written = ContractFile.Parse(text.Lines.Select(static line => line.ToString()))
            .GroupBy(static entry => entry.Name).ToDictionary(static group => group.Key, static group => group.Last(), StringComparer.Ordinal);
        foreach ((IMethodSymbol method, FunctionModel? found) in functions)
        {
            FunctionModel model = found!;
            if (!written.TryGetValue(model.Name, out ContractEntry? entry))
            {
                context.ReportDiagnostic(new Problem(Rules.ContractMissing, method, model.Name).ToDiagnostic());
            }
            else if (ContractDrift.Of(model.Schema.Split('\n'), entry.Lines) is { Count: > 0 } differences)
            {
                context.ReportDiagnostic(new Problem(Rules.ContractChanged, method, model.Name, string.Join("; ", differences)).ToDiagnostic());
            }

            written.Remove(model.Name);
        }

        // A function that is wrong in itself may well be the one that the file means.
        foreach (ContractEntry entry in allParsed ? written.Values.OrderBy(static entry => entry.LineNumber) : Enumerable.Empty<ContractEntry>())
        {
            TextSpan span = text.Lines[entry.LineNumber].Span;
            Location at = Location.Create(file.Path, span, text.Lines.GetLinePositionSpan(span));
            context.ReportDiagnostic(Diagnostic.Create(Rules.ContractExtra, at, entry.Name));
        }
    }
}
