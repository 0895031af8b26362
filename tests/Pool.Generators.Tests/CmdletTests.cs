using System.Management.Automation;
using System.Reflection;
using System.Xml.Linq;
using Acme;
using Eformer.Pool.Functions;
using Eformer.Pool.Generators.Tests.Support;
using Eformer.Pool.PowerShell;

namespace Eformer.Pool.Generators.Tests;

/// <summary>Cmdlets as a project gets them.</summary>
public sealed class CmdletTests
{
    private static readonly Assembly s_assembly = typeof(Training).Assembly;

    [Fact]
    public void Each_cmdlet_is_a_public_class()
    {
        IEnumerable<string> cmdlets = s_assembly.GetExportedTypes().Select(NameOf).OfType<string>();
        Assert.Equal(["Get-Square", "Invoke-Training", "Measure-Sum"], cmdlets.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Parameters_are_the_function_s()
    {
        PropertyInfo options = Assert.Single(ParametersOf("Invoke-Training"));
        Assert.Equal(("Options", typeof(TrainOptions)), (options.Name, options.PropertyType));
        Assert.Equal(
            ["HelpMessage: How to train it.", "Mandatory: True", "Position: 1"],
            Data<ParameterAttribute>(options)!.NamedArguments.Select(static argument => $"{argument.MemberName}: {argument.TypedValue.Value}").Order(StringComparer.Ordinal));
        Assert.Equal(typeof(TrainOptions), options.GetCustomAttribute<RemoteArgumentAttribute>()?.Type);
    }

    [Fact]
    public void What_has_a_default_is_not_mandatory_and_what_is_false_by_default_is_a_switch() => Assert.Equal(
        [("Left", typeof(int), true), ("Negate", typeof(SwitchParameter), false), ("Right", typeof(int), false)],
        ParametersOf("Measure-Sum").Select(static property => (property.Name, property.PropertyType, Data<ParameterAttribute>(property)!.NamedArguments.Any(static argument => argument.MemberName == "Mandatory"))).Order());

    [Fact]
    public async Task The_request_has_what_was_bound_and_default_values_for_the_rest()
    {
        PSCmdlet cmdlet = (PSCmdlet)Activator.CreateInstance(TypeOf("Measure-Sum"))!;
        TypeOf("Measure-Sum").GetProperty("Left")!.SetValue(cmdlet, 5);
        object request = TypeOf("Measure-Sum").GetMethod("CreateRequest", BindingFlags.Instance | BindingFlags.NonPublic)!.Invoke(cmdlet, null)!;
        Assert.Equal([7], await Calls.RunAsync((RemoteRequest<int>)request));
    }

    [Fact]
    public void Help_is_the_function_s_comment()
    {
        XElement help = XElement.Parse(Assert.Single(TypeOf("Invoke-Training").GetCustomAttributes<RemoteCmdletHelpAttribute>()).Maml);
        XNamespace command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
        Assert.Equal(command + "command", help.Name);
        Assert.Equal("Trains one shard.", help.Element(command + "details")!.Elements().Last().Value);
        Assert.Contains("How to train it.", help.Element(command + "parameters")!.Value, StringComparison.Ordinal);
        Assert.Contains("The last loss.", help.Element(command + "returnValues")!.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Help_says_that_pools_come_first()
    {
        XElement help = XElement.Parse(Assert.Single(TypeOf("Measure-Sum").GetCustomAttributes<RemoteCmdletHelpAttribute>()).Maml);
        XNamespace command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
        Assert.All([help.Descendants(command + "syntaxItem").Single(), help.Element(command + "parameters")!], list => Assert.Equal(
            ["0 Pool true", "1 Left true", "2 Right false", "named Negate false"],
            list.Elements(command + "parameter").Select(static one =>
                $"{one.Attribute("position")!.Value} {one.Elements().First(static part => part.Name.LocalName == "name").Value} {one.Attribute("required")!.Value}")));
    }

    [Fact]
    public void Without_the_bases_there_are_proxies_only()
    {
        Generated generated = Generated.Of(Sample.Functions);
        Assert.Equal(["Acme.Other.g.cs", "Acme.Training.g.cs", "Functions-Table.g.cs"], generated.Files.Keys.Order(StringComparer.Ordinal));
        Assert.Empty(generated.OfGeneratedCode);
    }

    [Fact]
    public void Without_the_attributes_there_are_cmdlets_without_them()
    {
        string bases = Compilations.PowerShell.Split("[AttributeUsage")[0] + "}";
        Generated generated = Generated.Of(Sample.Functions, bases);
        Assert.Contains("RemoteFunctionCmdlet<int>", generated.Text, StringComparison.Ordinal);
        Assert.Empty(generated.OfGeneratedCode);
    }

    private static Type TypeOf(string cmdlet) => s_assembly.GetExportedTypes().Single(type => NameOf(type) == cmdlet);

    private static string? NameOf(Type type) => Data<CmdletAttribute>(type) is { } cmdlet
        ? $"{cmdlet.ConstructorArguments[0].Value}-{cmdlet.ConstructorArguments[1].Value}"
        : null;

    private static IEnumerable<PropertyInfo> ParametersOf(string cmdlet) =>
        TypeOf(cmdlet).GetProperties().Where(static property => Data<ParameterAttribute>(property) is not null);

    // As it was written: the attributes of PowerShellStandard remember nothing.
    private static CustomAttributeData? Data<T>(MemberInfo member) =>
        member.GetCustomAttributesData().FirstOrDefault(static attribute => attribute.AttributeType == typeof(T));
}
