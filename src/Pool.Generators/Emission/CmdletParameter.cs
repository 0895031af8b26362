using Eformer.Pool.Generators.Model;

namespace Eformer.Pool.Generators.Emission;

/// <summary>A parameter of a cmdlet.</summary>
/// <param name="Model">The function's parameter.</param>
/// <param name="Name">Its name in PowerShell.</param>
/// <param name="Help">What the function's comment says about it.</param>
internal sealed record CmdletParameter(ParameterModel Model, string Name, string Help)
{
    /// <summary>Whether it is a switch: what is false unless said otherwise. Others take a value, so that false can be said.</summary>
    public bool IsSwitch => Model is { ReadType: "bool", Default: "false" };

    /// <summary>Whether it must be given.</summary>
    public bool IsMandatory => Model.Default is null;

    /// <summary>Its type as C# writes it.</summary>
    public string Type => IsSwitch ? "global::System.Management.Automation.SwitchParameter" : Model.Type;

    /// <summary>How its property begins.</summary>
    public string Initial => IsSwitch ? "" : $" = {Model.Default ?? "default!"};";

    /// <summary>What the function gets.</summary>
    public string Value => $"this.{Identifiers.Escape(Name)}{(IsSwitch ? ".ToBool()" : "")}";

    /// <summary>The parameter of a function's.</summary>
    public static CmdletParameter Of(ParameterModel model, HelpText help) => new(model, Identifiers.Pascal(model.Name), help.Of(model.Name));
}
