namespace Eformer.Pool.Generators.Parsing;

/// <summary>Names that a cmdlet's own parameters cannot have.</summary>
internal static class CmdletParameters
{
    /// <summary>Those of every cmdlet of a remote function, of every cmdlet of PowerShell with their aliases, and of what is generated.</summary>
    public static IReadOnlyList<string> Taken { get; } =
    [
        "Pool", "Slice", "HostId", "Environment", "Isolation", "WhenBusy", "Require", "MaxFailureRetry", "MaxPreemptionRetry", "RetryScope",
        "TimeoutSec", "ThrottleLimit", "RunId", "AsResult", "AsJob", "HideComputerName", "Installed",
        "Verbose", "Debug", "ErrorAction", "WarningAction", "InformationAction", "ProgressAction", "ErrorVariable", "WarningVariable",
        "InformationVariable", "OutVariable", "OutBuffer", "PipelineVariable", "WhatIf", "Confirm",
        "vb", "db", "ea", "wa", "infa", "proga", "ev", "wv", "iv", "ov", "ob", "pv", "wi", "cf",
        "CreateRequest",
    ];
}
