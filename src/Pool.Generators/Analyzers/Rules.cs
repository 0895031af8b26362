using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Eformer.Pool.Generators.Analyzers;

/// <summary>The rules of remote functions. Each has a page in <c>docs/analyzers</c>.</summary>
internal static class Rules
{
    private const string Category = "Eformer.Pool";

    // Where the pages are, from the root of the repository and of the package.
    private const string Pages = "docs/analyzers/";

    public static readonly DiagnosticDescriptor NotPartial = Error(
        "EFP0001", "A remote function's class must be partial", "'{0}' is a remote function, but '{1}' is not partial: proxies cannot be added to it");

    public static readonly DiagnosticDescriptor NotStatic = Error(
        "EFP0002", "A remote function must be static", "'{0}' is a remote function, but not static: hosts have no object to call it on");

    public static readonly DiagnosticDescriptor OpenGeneric = Error(
        "EFP0003", "A remote function must not be generic", "'{0}' is a remote function, but it or a class around it is generic: hosts cannot know the type");

    public static readonly DiagnosticDescriptor ByReference = Error(
        "EFP0004", "A remote function cannot take references", "The parameter '{0}' of '{1}' is passed by reference, which does not reach to another machine");

    public static readonly DiagnosticDescriptor UnsupportedParameter = Error(
        "EFP0005", "The parameter's type cannot be sent", "The parameter '{0}' of '{1}' cannot be sent: {2}");

    public static readonly DiagnosticDescriptor UnsupportedReturn = Error(
        "EFP0006", "The result's type cannot be sent", "The result of '{0}' cannot be sent: {1}");

    public static readonly DiagnosticDescriptor DuplicateName = Error(
        "EFP0007", "Two remote functions have the same name", "'{0}' is already the name of another remote function, '{1}'; set Name on one of them", atEnd: true);

    public static readonly DiagnosticDescriptor NoCancellation = Warning(
        "EFP0008", "A remote function should take a CancellationToken", "'{0}' takes no CancellationToken, so that it cannot be stopped");

    public static readonly DiagnosticDescriptor CancellationNotLast = Error(
        "EFP0009", "The CancellationToken must be the last parameter", "The CancellationToken of '{0}' must be its last parameter, as it is of its proxies");

    public static readonly DiagnosticDescriptor GivenTwice = Error(
        "EFP0010", "The host gives one of each", "'{0}' has more than one parameter of type '{1}'; the host gives one");

    public static readonly DiagnosticDescriptor NotAccessible = Error(
        "EFP0011", "A remote function must be public or internal", "'{0}' is a remote function, but private or in a private class: the assembly's table cannot call it");

    public static readonly DiagnosticDescriptor NotSerializable = Error(
        "EFP0012", "A member cannot be sent", "'{0}' of '{1}' cannot be sent: {2}");

    public static readonly DiagnosticDescriptor JsonContextInvalid = Error(
        "EFP0013", "JsonContext must be a JsonSerializerContext that can be used", "'{0}' cannot read and write the function's data: {1}");

    public static readonly DiagnosticDescriptor CmdletNameMalformed = Error(
        "EFP0014", "A cmdlet's name is a verb and a noun", "'{0}' is no name of a cmdlet: it must be a verb, a dash and a noun, such as Invoke-Training");

    public static readonly DiagnosticDescriptor VerbNotApproved = Warning(
        "EFP0015", "A cmdlet's verb should be approved", "'{0}' of '{1}' is not one of PowerShell's approved verbs: Import-Module will warn of it");

    public static readonly DiagnosticDescriptor DuplicateCmdlet = Error(
        "EFP0016", "Two remote functions have the same cmdlet", "The cmdlet '{0}' is already made of '{1}'", atEnd: true);

    public static readonly DiagnosticDescriptor CmdletParameterTaken = Error(
        "EFP0017", "The cmdlet has a parameter of that name already", "'{0}' is already a parameter of '{1}', or an alias of one; rename the function's parameter");

    public static readonly DiagnosticDescriptor PowerShellNotReferenced = Warning(
        "EFP0018", "Cmdlets need the package Eformer.Pool.PowerShell", "The cmdlet '{0}' is not made: the project does not reference the package Eformer.Pool.PowerShell");

    public static readonly DiagnosticDescriptor ContractMissing = Warning(
        "EFP0019", "A remote function is not in PoolContracts.txt", "The contract of '{0}' is not in PoolContracts.txt", atEnd: true);

    public static readonly DiagnosticDescriptor ContractChanged = Warning(
        "EFP0020", "A remote function's contract was changed", "The contract of '{0}' is not what PoolContracts.txt says: {1}", atEnd: true);

    public static readonly DiagnosticDescriptor ContractExtra = Warning(
        "EFP0021", "PoolContracts.txt has a function that the project has not", "'{0}' is in PoolContracts.txt, but no remote function: who still calls it gets an error", atEnd: true);

    public static readonly DiagnosticDescriptor NameMalformed = Error(
        "EFP0022", "A remote function's name has letters, digits, dots, dashes and underscores", "'{0}' is no name for a remote function: use letters, digits, dots, dashes and underscores");

    public static readonly DiagnosticDescriptor ReservedMember = Error(
        "EFP0023", "The class has a member that proxies need the name of", "'{0}' has or is called '{1}', which is the name of something that is made for its remote functions");

    public static readonly DiagnosticDescriptor ProxiesAlike = Error(
        "EFP0024", "Two remote functions have the same proxy", "Without what the host gives '{0}' has the same parameters as '{1}': callers could not tell them apart", atEnd: true);

    public static readonly DiagnosticDescriptor CmdletTypeNotPublic = Error(
        "EFP0025", "A cmdlet's types must be public", "The cmdlet '{0}' needs the type '{1}' to be public");

    public static readonly DiagnosticDescriptor LanguageVersionTooLow = Error(
        "EFP0026", "Remote functions need C# 12 or later", "Remote functions need C# 12 or later, and the project's LangVersion is {0}");

    public static readonly DiagnosticDescriptor ObsoleteError = Error(
        "EFP0027", "A remote function must not be obsolete as an error", "'{0}' cannot be called on hosts: '{1}' is obsolete as an error");

    public static readonly DiagnosticDescriptor NotAFunction = Error(
        "EFP0028", "Only an ordinary method can be a remote function", "'{0}' cannot be a remote function: only an ordinary method with a body, which is always called, can be");

    private static readonly ImmutableHashSet<string> s_ofCmdlets = ImmutableHashSet.Create("EFP0014", "EFP0015", "EFP0016", "EFP0017", "EFP0018", "EFP0025");

    /// <summary>Whether what breaks the rule costs a function its cmdlet only.</summary>
    public static bool IsOfCmdlet(DiagnosticDescriptor rule) => s_ofCmdlets.Contains(rule.Id);

    private static DiagnosticDescriptor Error(string id, string title, string message, bool atEnd = false) =>
        New(id, title, message, DiagnosticSeverity.Error, atEnd);

    private static DiagnosticDescriptor Warning(string id, string title, string message, bool atEnd = false) =>
        New(id, title, message, DiagnosticSeverity.Warning, atEnd);

    private static DiagnosticDescriptor New(string id, string title, string message, DiagnosticSeverity severity, bool atEnd) => new(
        id, title, message, Category, severity, isEnabledByDefault: true, helpLinkUri: $"{Pages}{id}.md", customTags: atEnd ? [WellKnownDiagnosticTags.CompilationEnd] : []);
}
