namespace Eformer.Pool.Generators.Model;

/// <summary>A remote function: all that code is made from. Holds no symbols, nodes or locations, so that no compilation is kept alive.</summary>
internal sealed record FunctionModel(ClassModel Class, string Method, string Name, ResultModel Result, EquatableArray<ParameterModel> Parameters)
{
    /// <summary>Tells it from every other method; functions are in the order of it.</summary>
    public string Identity { get; init; } = "";

    /// <summary>Whether its proxies are public; else internal.</summary>
    public bool IsPublic { get; init; }

    /// <summary>Its contract, line by line.</summary>
    public string Schema { get; init; } = "";

    /// <summary>The user's JsonSerializerContext as C# writes it, or null.</summary>
    public string? JsonContext { get; init; }

    /// <summary>Its cmdlet, or null.</summary>
    public CmdletModel? Cmdlet { get; init; }

    /// <summary>What its XML comment says.</summary>
    public HelpText Help { get; init; } = HelpText.None;

    /// <summary>What the caller gives.</summary>
    public IEnumerable<ParameterModel> Data => Parameters.Where(static parameter => parameter.Role == ParameterRole.Data);

    /// <summary>Functions that are alike in this have proxies that are alike.</summary>
    public string ProxyKey { get; init; } = "";

    /// <summary>The parameter of a role, or null.</summary>
    public ParameterModel? Of(ParameterRole role) => Parameters.FirstOrDefault(parameter => parameter.Role == role);
}
