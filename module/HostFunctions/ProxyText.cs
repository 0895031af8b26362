using System.Globalization;
using System.Management.Automation.Language;
using System.Text;

namespace Eformer.Pool.Module.HostFunctions;

/// <summary>Writes the functions that stand for commands of hosts. What comes from a host is a name that was checked, or in quotes. Pure.</summary>
internal static class ProxyText
{
    private static readonly (string Name, string Type, string Help)[] s_own =
    [
        ("AsJob", "[System.Management.Automation.SwitchParameter]", "Returns at once, with a job that has a child job for each host."),
        ("Slice", "[System.Int32[]]", "Slots of the slices to run on; all when not given."),
        ("HostId", "[System.Int32[]]", "Hosts of each of those slices to run on, by index; all when not given."),
    ];

    // No parameter of a host's command begins like them.
    private const string Rest = "__rest";
    private const string Input = "__input";

    /// <summary>The text of the function.</summary>
    public static string Of(HostFunction function)
    {
        (string Name, string Type, string Help)[] own = [.. s_own.Where(option => !Has(function, option.Name))];
        StringBuilder text = new();
        text.Append("function ").Append(function.Name).Append("\n{\n");
        ProxyHelp.Write(text, function, own.Select(option => (option.Name, option.Help)));
        text.Append("    [System.Management.Automation.CmdletBindingAttribute(PositionalBinding = $false");
        text.Append(function.DefaultSet is null ? "" : $", DefaultParameterSetName = {Quote(function.DefaultSet)}").Append(")]\n    param(\n");
        text.AppendJoin(",\n", [.. function.Parameters.Select(Parameter), .. own.Select(option => $"        {option.Type}\n        ${{{option.Name}}}"), .. Anything(function)]);
        text.Append(CultureInfo.InvariantCulture, $$"""

                )
                begin
                {
                    ${__named} = [System.Collections.Hashtable]::new($PSBoundParameters, [System.StringComparer]::OrdinalIgnoreCase)
                    ${__named}.Remove('{{Input}}')
                    ${__more} = @(${__named}['{{Rest}}'])
                    if (-not ${__named}.ContainsKey('{{Rest}}')) { ${__more} = @() }
                    ${__named}.Remove('{{Rest}}')
                    ${__items} = [System.Collections.Generic.List[object]]::new()
                }
                process
                {
                    if ($MyInvocation.ExpectingInput) { ${__items}.Add($_) }
                }
                end
                {
                    & $script:Call {{Quote(function.Name)}} ${__named} ${__items} $MyInvocation.ExpectingInput @({{string.Join(", ", own.Select(option => Quote(option.Name)))}}) ${__more} ${{(function.IsSimple ? "true" : "false")}}
                }
            }

            """);
        return text.ToString();
    }

    private static IEnumerable<string> Anything(HostFunction function) => !function.IsSimple ? [] :
    [
        $"        [System.Management.Automation.ParameterAttribute(ValueFromRemainingArguments = $true, DontShow = $true)]\n        ${{{Rest}}}",
        $"        [System.Management.Automation.ParameterAttribute(ValueFromPipeline = $true, DontShow = $true)]\n        ${{{Input}}}",
    ];

    /// <summary>A text in quotes, as it is.</summary>
    public static string Quote(string text) => $"'{CodeGeneration.EscapeSingleQuotedStringContent(text)}'";

    private static string Parameter(HostParameter parameter)
    {
        StringBuilder text = new();
        foreach (ParameterInSet set in parameter.Sets)
        {
            text.Append("        [System.Management.Automation.ParameterAttribute(").AppendJoin(", ", Properties(set)).Append(")]\n");
        }

        if (parameter.Aliases.Count > 0)
        {
            text.Append("        [System.Management.Automation.AliasAttribute(").AppendJoin(", ", parameter.Aliases.Select(Quote)).Append(")]\n");
        }

        if (parameter.Values.Count > 0)
        {
            text.Append("        [System.Management.Automation.ValidateSetAttribute(").AppendJoin(", ", parameter.Values.Select(Quote)).Append(")]\n");
        }

        if (parameter.Sets.Any(set => set.Mandatory))
        {
            // Whether nothing is something is for the host to say.
            text.Append("        [System.Management.Automation.AllowNullAttribute()]\n        [System.Management.Automation.AllowEmptyStringAttribute()]\n        [System.Management.Automation.AllowEmptyCollectionAttribute()]\n");
        }

        return text.Append("        ").Append(ProxyTypes.Literal(parameter.Type)).Append("\n        ${").Append(parameter.Name).Append('}').ToString();
    }

    private static IEnumerable<string> Properties(ParameterInSet set)
    {
        (bool Is, string Text)[] properties =
        [
            (set.Set is not null, $"ParameterSetName = {Quote(set.Set ?? "")}"),
            (set.Position is not null, string.Create(CultureInfo.InvariantCulture, $"Position = {set.Position}")),
            (set.Mandatory, "Mandatory = $true"),
            (set.FromPipeline, "ValueFromPipeline = $true"),
            (set.FromPipelineByName, "ValueFromPipelineByPropertyName = $true"),
            (set.Rest, "ValueFromRemainingArguments = $true"),
        ];
        return properties.Where(property => property.Is).Select(property => property.Text);
    }

    private static bool Has(HostFunction function, string name) => function.Parameters.Any(parameter =>
        parameter.Aliases.Prepend(parameter.Name).Contains(name, StringComparer.OrdinalIgnoreCase));
}
