using System.Management.Automation;
using System.Management.Automation.Language;
using Eformer.Pool.Module.HostFunctions;
using Eformer.Pool.Module.Tests.Engines;

namespace Eformer.Pool.Module.Tests;

/// <summary>A host may say anything of its commands; none of it runs here.</summary>
public sealed class HostAnswerTests : IDisposable
{
    private const string Evil = "'; $(throw 'ran') `\" ’; } #> \n.EXTERNALHELP /etc/passwd\n<# @' \n'@ ${x} $x";
    private readonly Engine _engine = new();

    public void Dispose() => _engine.Dispose();

    [Theory]
    [InlineData("Get-Foo; exit")]
    [InlineData("Get-Foo\n")]
    [InlineData("$(exit)")]
    [InlineData("Get Foo")]
    [InlineData("global:Get-Foo")]
    [InlineData("")]
    [InlineData("-Foo")]
    public void Names_of_commands_are_names(string name) => Refused(Answer(name, []));

    [Theory]
    [InlineData("a b")]
    [InlineData("a}")]
    [InlineData("a\n")]
    [InlineData("1a")]
    [InlineData("")]
    [InlineData("__named")]
    [InlineData("env:PATH")]
    [InlineData("PSBoundParameters")]
    [InlineData("null")]
    public void Names_of_parameters_are_names(string name) => Refused(Answer("Get-Foo", [Parameter(name)]));

    [Fact]
    public void Two_of_one_name_are_refused() => Refused(Answer("Get-Foo", [Parameter("A"), Parameter("a")]));

    [Fact]
    public void What_is_no_description_is_refused()
    {
        Refused("text");
        Refused(null);
        Refused(new PSObject());
        PSObject half = Answer("Get-Foo", [Parameter("A")]);
        half.Properties["Parameters"].Value = "none";
        Refused(half);
    }

    [Fact]
    public void An_alias_is_two_short_texts_and_nothing_else()
    {
        Assert.Equal(new HostAlias("ll", Evil), HostAnswer.ReadAlias(Made(("Alias", "ll"), ("Target", Evil))));
        Assert.All(
            (object?[])[null, "ll", Made(("Alias", "ll")), Made(("Alias", ""), ("Target", "x")), Made(("Alias", 1), ("Target", 2)), Made(("Alias", "ll"), ("Target", new string('x', 129)))],
            answer => Assert.Null(HostAnswer.ReadAlias(answer)));
    }

    [Fact]
    public void Texts_stay_texts()
    {
        PSObject parameter = Parameter("A", Evil);
        HostFunction function = HostAnswer.Read(Answer("Get-Foo", [parameter], Evil));
        string text = ProxyText.Of(function);
        Assert.True(ProxyCheck.IsHarmless(text, "Get-Foo"), text);
        FunctionDefinitionAst definition = Assert.IsType<FunctionDefinitionAst>(Parser.ParseInput(text, out _, out _).EndBlock.Statements[0]);
        Assert.Equal(Evil, definition.Body.ParamBlock.FindAll(node => node is StringConstantExpressionAst constant && constant.Value == Evil, false).OfType<StringConstantExpressionAst>().First().Value);
        CommentHelpInfo help = definition.GetHelpContent();
        Assert.Null(help.MamlHelpFile);
        Assert.StartsWith("';", help.Synopsis);
    }

    [Theory]
    [InlineData("System.String", "[System.String]")]
    [InlineData("System.Int32[]", "[System.Int32[]]")]
    [InlineData("System.DayOfWeek", "[System.DayOfWeek]")]
    [InlineData("System.Management.Automation.SwitchParameter", "[System.Management.Automation.SwitchParameter]")]
    [InlineData("System.IO.FileInfo", "[System.Object]")]
    [InlineData("Acme.Unknown[]", "[System.Object[]]")]
    [InlineData("System.String]; exit; [int", "[System.Object]")]
    [InlineData("System.DayOfWeek, /tmp/evil.dll", "[System.Object]")]
    [InlineData("", "[System.Object]")]
    public void Only_simple_types_are_types_here(string type, string literal) => Assert.Equal(literal, ProxyTypes.Literal(type));

    [Theory]
    [InlineData("function Get-Foo { param([string] $A = (exit)) }")]
    [InlineData("function Get-Foo { param([ValidateScript({ exit })] $A) }")]
    [InlineData("function Get-Foo { param([Alias(\"$(exit)\")] $A) }")]
    [InlineData("function Get-Foo { param($A) } exit")]
    [InlineData("exit; function Get-Foo { param($A) }")]
    [InlineData("function Get-Bar { param($A) }")]
    [InlineData("function Get-Foo { param($A)")]
    public void The_second_look_sees_what_runs(string text) => Assert.False(ProxyCheck.IsHarmless(text, "Get-Foo"));

    private static void Refused(object? answer) =>
        Assert.Equal("FunctionMetadataInvalid", Assert.Throws<SlicePoolException>(() => HostAnswer.Read(answer)).ErrorId);

    private static PSObject Answer(string name, object[] parameters, string text = "") =>
        Made(("Name", name), ("Synopsis", text), ("DefaultSet", text), ("Parameters", parameters));

    private static PSObject Parameter(string name, string text = "") => Made(
        ("Name", name), ("Aliases", new object[] { "al", text }), ("Type", text), ("Values", new object[] { text, "x" }), ("Help", text),
        ("Sets", new object[] { Made(("Name", text), ("Position", 0), ("Flags", new object[] { true, true, true, false })) }));

    private static PSObject Made(params (string Name, object Value)[] properties)
    {
        PSObject made = new();
        foreach ((string name, object value) in properties)
        {
            made.Properties.Add(new PSNoteProperty(name, value));
        }

        return made;
    }
}
