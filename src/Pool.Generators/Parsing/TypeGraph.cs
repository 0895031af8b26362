using Eformer.Pool.Generators.Contracts;
using Eformer.Pool.Generators.Model;
using Microsoft.CodeAnalysis;

namespace Eformer.Pool.Generators.Parsing;

/// <summary>The types that a function's data is made of: their names in contracts, their members, and why they cannot travel.</summary>
internal sealed class TypeGraph(JsonProfile json, CancellationToken cancellationToken)
{
    private const string Json = "System.Text.Json.Serialization";

    // Generic types can hold ever larger ones of themselves; data that deep could not be sent either.
    private const int MaxDepth = 32;

    private readonly Dictionary<string, string> _roots = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, IReadOnlyList<string>> _members = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, IReadOnlyList<string>> _enums = new(StringComparer.Ordinal);
    private readonly List<TypeProblem> _problems = [];
    private readonly Stack<string> _path = new();
    private string _root = "";

    /// <summary>Whether there are types that the compiler does not know; it says so itself.</summary>
    public bool HasErrors { get; private set; }

    /// <summary>Whether a context of the user's reads and writes.</summary>
    public bool UsesOwnContext => json.Context is not null;

    /// <summary>Adds a parameter, or the result.</summary>
    /// <returns>The type's name in contracts.</returns>
    public string AddRoot(string root, ITypeSymbol type)
    {
        _root = root;
        return _roots[root] = Visit(type);
    }

    /// <summary>What was found wrong since the last time.</summary>
    public IReadOnlyList<TypeProblem> TakeProblems()
    {
        TypeProblem[] problems = [.. _problems];
        _problems.Clear();
        return problems;
    }

    /// <summary>The contract of a function whose parameters and result were added.</summary>
    public string Schema(IEnumerable<ParameterModel> parameters, ResultModel result) => string.Join("\n",
    [
        .. parameters.Where(static parameter => parameter.Role == ParameterRole.Data)
            .Select(parameter => SchemaLine.Of("argument", parameter.Name, _roots[parameter.Name], parameter.Default is not null)),
        $"result: {result.SchemaType}",
        .. parameters.Where(static parameter => parameter.Role == ParameterRole.Progress).Select(parameter => $"progress: {_roots[parameter.Name]}"),
        .. _members.Values.SelectMany(static lines => lines),
        .. _enums.Values.SelectMany(static lines => lines),
    ]);

    private string Visit(ITypeSymbol type)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (type.TypeKind == TypeKind.Error)
        {
            HasErrors = true;
            return "";
        }

        return TypeShapes.NullableOf(type) is { } value ? Visit(value) + "?"
            : TypeShapes.IsBytes(type) ? "bytes"
            : TypeShapes.IsLeaf(type) ? TypeNames.Plain(type)
            : TypeShapes.RefusalOf(type) is { } why ? Refuse(type, why)
            : type is IArrayTypeSymbol array ? $"list<{Visit(array.ElementType)}>"
            : VisitNamed((INamedTypeSymbol)type);
    }

    private string VisitNamed(INamedTypeSymbol type)
    {
        if (type.TypeKind == TypeKind.Enum)
        {
            return AddEnum(type);
        }

        if (type.HasConverter() || json.HasConverters)
        {
            return NameOf(type);
        }

        return TypeShapes.DictionaryOf(type) is { } map ? VisitMap(type, map)
            : TypeShapes.ItemOf(type) is { } item ? VisitList(type, item)
            : type.AllInterfaces.Any(static part => part.SpecialType == SpecialType.System_Collections_IEnumerable)
                || type.SpecialType == SpecialType.System_Collections_IEnumerable ? Refuse(type, "its items have no type; use a list of a type")
            : type.Is("System.Collections.Generic", "KeyValuePair", 2) ? $"pair<{Visit(type.TypeArguments[0])}, {Visit(type.TypeArguments[1])}>"
            : TypeShapes.IsOfFramework(type) ? Refuse(type, "it is not data that System.Text.Json can write and read back")
            : VisitObject(type);
    }

    private string VisitMap(INamedTypeSymbol type, INamedTypeSymbol map)
    {
        if (Collections.RefusalOf(type) is { } why)
        {
            return Refuse(type, why);
        }

        ITypeSymbol key = map.TypeArguments[0];
        return TypeShapes.IsKey(key) || key.TypeKind == TypeKind.Error
            ? $"map<{Visit(key)}, {Visit(map.TypeArguments[1])}>"
            : Refuse(type, $"'{key.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat)}' cannot be a key in JSON");
    }

    private string VisitList(INamedTypeSymbol type, ITypeSymbol item) =>
        Collections.RefusalOf(type) is { } why ? Refuse(type, why) : $"list<{Visit(item)}>";

    private string VisitObject(INamedTypeSymbol type)
    {
        string name = NameOf(type);
        if (_members.ContainsKey(name))
        {
            return name;
        }

        if (_path.Count > MaxDepth)
        {
            return Refuse(type, $"it is nested deeper than {MaxDepth} levels");
        }

        ObjectShape shape = ObjectShape.Of(type, json);
        if (shape.Refusal is { } why)
        {
            return Refuse(type, why);
        }

        _members[name] = [];
        _members[name] = [.. shape.Members.Select(member => VisitMember(name, member)), .. VisitDerived(type, name)];
        return name;
    }

    private string VisitMember(string owner, DataMember member)
    {
        _path.Push(member.Symbol.Name);
        if (member.Problem is { } why)
        {
            _problems.Add(new TypeProblem(_root, [.. _path.Reverse()], why));
        }

        string type = member.Symbol.HasConverter() ? TypeNames.Plain(member.Type) : Visit(member.Type);
        _path.Pop();
        return SchemaLine.Of("member", $"{owner}.{member.JsonName}", type, member.IsOptional);
    }

    private IEnumerable<string> VisitDerived(INamedTypeSymbol type, string owner)
    {
        foreach (AttributeData attribute in type.GetAttributes().Where(static attribute => attribute.AttributeClass.Is(Json, "JsonDerivedTypeAttribute")))
        {
            if (attribute.ConstructorArguments.FirstOrDefault().Value is INamedTypeSymbol derived)
            {
                string mark = attribute.ConstructorArguments.Skip(1).FirstOrDefault().Value?.ToString() ?? derived.Name;
                yield return SchemaLine.Of("member", $"{owner}.$type.{JsonNames.Escape(mark)}", Visit(derived), isOptional: true);
            }
        }
    }

    private string AddEnum(INamedTypeSymbol type)
    {
        if (!json.HasConverters && EnumShape.RefusalOf(type, byName: json.Context is null) is { } why)
        {
            return Refuse(type, why);
        }

        string name = TypeNames.Plain(type);
        if (!_enums.ContainsKey(name))
        {
            _enums[name] = [.. EnumShape.ValuesOf(type).Select(value => $"enum {name}.{JsonNames.Escape(EnumShape.NameOf(value))}: {value.ConstantValue}")];
        }

        return name;
    }

    // A type in a generic one is another for each of that one's arguments.
    private string NameOf(INamedTypeSymbol type) => string.Join(".", type.Chain().Select((part, index) =>
        (index == 0 ? TypeNames.Plain(part) : part.Name)
        + (part.TypeArguments.Length == 0 ? "" : $"<{string.Join(", ", part.TypeArguments.Select(Visit))}>")));

    private string Refuse(ITypeSymbol type, string why)
    {
        _problems.Add(new TypeProblem(_root, [.. _path.Reverse()], $"'{type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat)}': {why}"));
        return type.Name;
    }
}
