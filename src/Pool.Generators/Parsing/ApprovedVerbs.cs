namespace Eformer.Pool.Generators.Parsing;

/// <summary>The verbs of cmdlets that PowerShell approves of: those of Get-Verb.</summary>
internal static class ApprovedVerbs
{
    private static readonly Dictionary<string, string> s_verbs =
        ("Add Clear Close Copy Enter Exit Find Format Get Hide Join Lock Move New Open Optimize Pop Push Redo Remove Rename Reset Resize Search "
        + "Select Set Show Skip Split Step Switch Undo Unlock Watch Connect Disconnect Read Receive Send Write Backup Checkpoint Compare "
        + "Compress Convert ConvertFrom ConvertTo Dismount Edit Expand Export Group Import Initialize Limit Merge Mount Out Publish Restore "
        + "Save Sync Unpublish Update Debug Measure Ping Repair Resolve Test Trace Approve Assert Build Complete Confirm Deny Deploy Disable "
        + "Enable Install Invoke Register Request Restart Resume Start Stop Submit Suspend Uninstall Unregister Wait Block Grant Protect "
        + "Revoke Unblock Unprotect Use").Split(' ').ToDictionary(static verb => verb, StringComparer.OrdinalIgnoreCase);

    /// <summary>The verb as it is approved; null when it is not.</summary>
    public static string? Find(string verb) => s_verbs.TryGetValue(verb, out string? approved) ? approved : null;
}
