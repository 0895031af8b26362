using System.Text.RegularExpressions;

namespace Eformer.Pool.Module.HostFunctions;

/// <summary>Which types of a host's parameters are types here: simple ones, and enums that are loaded. Every other is any object.</summary>
/// <remarks>
/// A value goes to the host anyway, and is made there what the parameter wants. Making it here would run constructors that a host names.
/// </remarks>
internal static partial class ProxyTypes
{
    private const string Switch = "System.Management.Automation.SwitchParameter";

    private static readonly HashSet<string> s_simple = new(StringComparer.Ordinal)
    {
        "System.String", "System.Char", "System.Boolean", "System.Byte", "System.SByte", "System.Int16", "System.UInt16", "System.Int32",
        "System.UInt32", "System.Int64", "System.UInt64", "System.Single", "System.Double", "System.Decimal", "System.DateTime",
        "System.DateTimeOffset", "System.TimeSpan", "System.Guid", "System.Uri", "System.Version", "System.Collections.Hashtable", Switch,
    };

    /// <summary>The type as PowerShell writes it.</summary>
    /// <param name="type">Full name on the host.</param>
    public static string Literal(string type)
    {
        bool list = type.EndsWith("[]", StringComparison.Ordinal);
        string item = list ? type[..^2] : type;
        string known = item == Switch && list ? "System.Object" : s_simple.Contains(item) || IsEnum(item) ? item : "System.Object";
        return $"[{known}{(list ? "[]" : "")}]";
    }

    private static bool IsEnum(string name) => FullName().IsMatch(name)
        && AppDomain.CurrentDomain.GetAssemblies().Any(assembly => assembly.GetType(name, throwOnError: false) is { IsEnum: true, IsPublic: true });

    // No assemblies, no type arguments, nothing nested.
    [GeneratedRegex(@"^[A-Za-z_]\w*(\.[A-Za-z_]\w*)*\z", RegexOptions.CultureInvariant | RegexOptions.ECMAScript)]
    private static partial Regex FullName();
}
