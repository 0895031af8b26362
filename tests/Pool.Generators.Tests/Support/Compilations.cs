using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Eformer.Pool.Generators.Tests.Support;

/// <summary>Compiles what users might write.</summary>
internal static class Compilations
{
    /// <summary>What the implicit usings of a project give.</summary>
    public const string Usings = """
        global using System;
        global using System.Collections.Generic;
        global using System.Threading;
        global using System.Threading.Tasks;
        global using Eformer.Pool;
        """;

    /// <summary>The bases of cmdlets, as far as generated code needs them.</summary>
    public const string PowerShell = """
        namespace Eformer.Pool.PowerShell
        {
            public abstract class RemoteFunctionCmdlet<T> : System.Management.Automation.PSCmdlet
            {
                protected abstract Eformer.Pool.Functions.RemoteRequest<T> CreateRequest();
            }

            [AttributeUsage(AttributeTargets.Property)]
            public sealed class RemoteArgumentAttribute : Attribute
            {
                public RemoteArgumentAttribute(Type type) { }
                public bool RefusesNull { get; set; }
            }

            [AttributeUsage(AttributeTargets.Class | AttributeTargets.Assembly, AllowMultiple = true)]
            public sealed class RemoteCmdletHelpAttribute : Attribute
            {
                public RemoteCmdletHelpAttribute(string cmdlet, string maml) { }
            }
        }
        """;

    private static readonly MetadataReference[] s_references =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(static path => !Path.GetFileName(path).StartsWith("TypedFunctions", StringComparison.Ordinal))
            .Select(static path => MetadataReference.CreateFromFile(path)),
    ];

    /// <summary>How sources are parsed: comments are read wherever a project documents itself.</summary>
    public static CSharpParseOptions ParseOptions { get; } = new(LanguageVersion.CSharp12, DocumentationMode.Diagnose);

    /// <summary>Compiles sources, with the usual usings.</summary>
    public static CSharpCompilation Of(params string[] sources) => Of(ParseOptions, "Acme.Tests", sources);

    /// <summary>Compiles sources, with the usual usings, in another way.</summary>
    public static CSharpCompilation Of(CSharpParseOptions options, string assembly, params string[] sources) => CSharpCompilation.Create(
        assembly,
        [Parse(Usings, options, "Usings.cs"), .. sources.Select((source, index) => Parse(source, options, $"Source{index}.cs"))],
        s_references,
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable, warningLevel: 9999));

    /// <summary>Parses a source.</summary>
    public static SyntaxTree Parse(string source, CSharpParseOptions options, string path) => CSharpSyntaxTree.ParseText(source, options, path);
}
