namespace Eformer.Pool.Module.HostFunctions;

/// <summary>The parameters that all commands have.</summary>
internal static class CommonParameters
{
    private static readonly HashSet<string> s_names = new(StringComparer.OrdinalIgnoreCase)
    {
        "Verbose", "Debug", "ErrorAction", "WarningAction", "InformationAction", "ProgressAction", "ErrorVariable", "WarningVariable",
        "InformationVariable", "OutVariable", "OutBuffer", "PipelineVariable",
        "vb", "db", "ea", "wa", "infa", "proga", "ev", "wv", "iv", "ov", "ob", "pv",
    };

    /// <summary>Whether a name is one of theirs, or an alias.</summary>
    public static bool Has(string name) => s_names.Contains(name);
}
