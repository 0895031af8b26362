using System.Management.Automation;
using System.Management.Automation.Language;
using Eformer.Pool.Module.Tests.Engines;

namespace Eformer.Pool.Module.Tests;

/// <summary>What Get-Help tells of every command.</summary>
public sealed class HelpTests : IDisposable
{
    private const string Exported = "Get-Command -Module Eformer.Pool";
    private readonly Engine _engine = new();

    public void Dispose() => _engine.Dispose();

    [Fact]
    public void Every_command_says_what_it_does_and_shows_an_example()
    {
        Assert.Equal([], Texts($$"""
            {{Exported}} | ForEach-Object {
                $help = Get-Help $_.Name
                if ("$($help.Synopsis)".Trim() -notmatch '\w.*\.$') { "$_ does not say what it does: $($help.Synopsis)" }
                if (@($help.examples.example).Count -eq 0 -or -not $help.examples.example) { "$_ has no example" }
            }
            """));
    }

    [Theory]
    [InlineData("about_Eformer.Pool", "README.md")]
    [InlineData("about_Eformer.Pool_Runs", "docs/runs.md")]
    [InlineData("about_Eformer.Pool_Hosts", "docs/hosts.md")]
    [InlineData("about_Eformer.Pool_Errors", "docs/errors.md")]
    [InlineData("about_Eformer.Pool_Modules", "docs/modules.md")]
    public void A_page_of_the_docs_is_a_topic_of_help(string topic, string page)
    {
        string help = Assert.Single(Texts($"Get-Help {topic}")).ReplaceLineEndings("\n");
        Assert.StartsWith($"TOPIC\n    {topic}\n\nSHORT DESCRIPTION\n    ", help, StringComparison.Ordinal);
        string[] lines = help.Split('\n');
        string[] heads = [.. File.ReadLines(Path.Combine(Places.Root, page)).Where(line => line.StartsWith("## ", StringComparison.Ordinal)).Select(line => line[3..].Trim('`').ToUpperInvariant())];
        Assert.NotEmpty(heads);
        Assert.Empty(heads.Except(lines));

        // Indented by four is what was put into lines of a terminal; by six is code, as it stands on the page.
        Assert.DoesNotContain(lines, line => line.Length > 80 && line.StartsWith("    ", StringComparison.Ordinal) && !line.StartsWith("      ", StringComparison.Ordinal));
        Assert.DoesNotContain(lines, line => line.Contains("](", StringComparison.Ordinal) || line.Contains("```", StringComparison.Ordinal) || line.StartsWith('|'));
    }

    [Fact]
    public void Every_parameter_is_described()
    {
        Assert.Equal([], Texts($$"""
            {{Exported}} | ForEach-Object {
                $command = $_
                $described = @{}
                foreach ($parameter in (Get-Help $_.Name).parameters.parameter) { $described["$($parameter.name)"] = "$($parameter.description.Text)" }
                foreach ($name in $_.Parameters.Keys) {
                    if ($name -notin [Management.Automation.Cmdlet]::CommonParameters -and -not $described[$name]) { "$command -$name" }
                }
            }
            """));
    }

    [Fact]
    public void Examples_use_commands_and_parameters_that_exist()
    {
        Dictionary<string, PSObject> commands = _engine.Run(Exported).Expect().ToDictionary(command => $"{command.Properties["Name"].Value}");
        string[] examples = Texts($"{Exported} | ForEach-Object {{ (Get-Help $_.Name).examples.example | ForEach-Object {{ $_.code }} }}");
        Assert.True(examples.Length >= commands.Count);
        foreach (string example in examples)
        {
            Ast script = Parser.ParseInput(example, out _, out ParseError[] errors);
            Assert.Empty(errors);
            foreach (CommandAst call in script.FindAll(ast => ast is CommandAst, searchNestedScriptBlocks: true).Cast<CommandAst>())
            {
                if (call.GetCommandName() is { } name && name.Contains("Slice", StringComparison.Ordinal))
                {
                    Check((CommandInfo)commands[name].BaseObject, call);
                }
            }
        }
    }

    private static void Check(CommandInfo command, CommandAst call)
    {
        foreach (CommandParameterAst parameter in call.CommandElements.OfType<CommandParameterAst>())
        {
            Assert.True(command.Parameters.ContainsKey(parameter.ParameterName), call.Extent.Text);
        }
    }

    private string[] Texts(string script) => [.. _engine.Run(script).Expect().Select(item => item.ToString())];
}
