using Eformer.Pool.Generators.Contracts;
using Eformer.Pool.Generators.Emission;

namespace Eformer.Pool.Generators.Model;

/// <summary>The functions of an assembly, with what was decided about those that get in each other's way.</summary>
/// <param name="Classes">Those that code is made for, by class.</param>
/// <param name="Table">The same, by name.</param>
internal sealed record FunctionSet(EquatableArray<ClassUnit> Classes, TableModel Table)
{
    /// <summary>Puts functions together. Their order does not matter.</summary>
    public static FunctionSet Of(IEnumerable<FunctionModel> functions) => Of(functions, out _);

    /// <summary>Puts functions together, and tells what was left out.</summary>
    /// <param name="functions">All that could be parsed.</param>
    /// <param name="clashes">What was left out, and because of which other.</param>
    public static FunctionSet Of(IEnumerable<FunctionModel> functions, out IReadOnlyList<Clash> clashes)
    {
        List<Clash> found = [];
        FunctionModel[] kept =
        [
            .. WithoutCmdletClashes(
                Without(
                    Without(
                        functions.OrderBy(static function => function.Identity, StringComparer.Ordinal).ToArray(),
                        static function => function.Name, ClashKind.Name, StringComparer.Ordinal, found),
                    static function => function.ProxyKey, ClashKind.Proxy, StringComparer.Ordinal, found),
                found),
        ];
        clashes = found;
        HashSet<string> hints = new(StringComparer.OrdinalIgnoreCase);
        ClassUnit[] classes = [.. kept.GroupBy(static function => function.Class.FullName).OrderBy(static group => group.Key, StringComparer.Ordinal)
            .Select(group => UnitOf([.. group], hints))];
        return new FunctionSet(classes.ToEquatableArray(), TableOf(classes));
    }

    private static List<FunctionModel> Without(
        IReadOnlyList<FunctionModel> functions, Func<FunctionModel, string> key, ClashKind kind, StringComparer comparer, List<Clash> clashes)
    {
        Dictionary<string, FunctionModel> seen = new(comparer);
        List<FunctionModel> kept = [];
        foreach (FunctionModel function in functions)
        {
            if (seen.TryGetValue(key(function), out FunctionModel? first))
            {
                clashes.Add(new Clash(kind, function, first));
                continue;
            }

            seen.Add(key(function), function);
            kept.Add(function);
        }

        return kept;
    }

    private static IEnumerable<FunctionModel> WithoutCmdletClashes(IReadOnlyList<FunctionModel> functions, List<Clash> clashes)
    {
        FunctionModel[] wanting = [.. functions.Where(static function => function.Cmdlet is not null)];
        HashSet<string> kept =
        [
            .. Without(wanting, static function => function.Cmdlet!.Name, ClashKind.Cmdlet, StringComparer.OrdinalIgnoreCase, clashes)
                .Select(static function => function.Identity),
        ];
        HashSet<string> classes = new(StringComparer.Ordinal);
        return functions.Select(function => function with { Cmdlet = kept.Contains(function.Identity) ? WithOwnClass(function.Cmdlet!, classes) : null });
    }

    // ConvertTo-Item and Convert-ToItem are two cmdlets, but one word.
    private static CmdletModel WithOwnClass(CmdletModel cmdlet, HashSet<string> classes) =>
        cmdlet with { ClassName = Identifiers.Unique(cmdlet.ClassName, classes, number => $"{cmdlet.ClassName}_{number}") };

    private static ClassUnit UnitOf(IReadOnlyList<FunctionModel> functions, HashSet<string> hints)
    {
        HashSet<string> requests = new(StringComparer.Ordinal);
        HashSet<string> attachers = new(StringComparer.Ordinal);
        HashSet<(string, string, bool, string?)> attached = [];
        ClassModel container = functions[0].Class;
        return new ClassUnit(
            container,
            HintNames.Of(container.FullName, hints),
            functions.Select(function => new FunctionUnit(
                function,
                Identifiers.Unique("__" + function.Method, requests, number => $"__{function.Method}_{number}"),
                attached.Add((function.Method, function.Result.Type, function.Result.IsStream, function.JsonContext))
                    ? Identifiers.Unique(function.Method, attachers, number => $"{function.Method}_{number}")
                    : null)).ToEquatableArray());
    }

    private static TableModel TableOf(IReadOnlyList<ClassUnit> classes)
    {
        FunctionUnit[] units = [.. classes.SelectMany(static unit => unit.Functions)];
        return new TableModel(
            units.Select(static unit => new TableEntry(unit.Function.Name, unit.RequestReference))
                .OrderBy(static entry => entry.Name, StringComparer.Ordinal).ToEquatableArray(),
            units.Select(static unit => unit.Function.JsonContext).OfType<string>().Distinct()
                .OrderBy(static context => context, StringComparer.Ordinal).ToEquatableArray(),
            ContractText.Of(units.Select(static unit => unit.Function)));
    }
}
