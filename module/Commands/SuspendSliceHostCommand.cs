using System.Management.Automation;
using Eformer.Pool.Module.Binding;

namespace Eformer.Pool.Module.Commands;

/// <summary>Keeps new placements off hosts for maintenance, and with a deadline moves their holders off them.</summary>
/// <remarks>Replaces an earlier wish for the same hosts. Resume-SliceHost takes it back; Get-SliceHost shows it.</remarks>
[Cmdlet(VerbsLifecycle.Suspend, "SliceHost", SupportsShouldProcess = true)]
[OutputType(typeof(void))]
public sealed class SuspendSliceHostCommand : HostMaintenanceCmdlet
{
    /// <summary>Why, for people.</summary>
    [Parameter]
    [ValidateNotNull]
    [ValidateLength(0, 200)]
    public string Reason { get; set; } = "";

    /// <summary>How long holders may stay, in seconds; their slices are replaced meanwhile. Without it they stay as long as they like.</summary>
    [Parameter]
    [ValidateRange(1, Durations.LongestSec)]
    public int? WithinSec { get; set; }

    /// <summary>Suspends hosts too that are not registered now.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    private protected override void Work(string fleet, IReadOnlyList<string> hosts)
    {
        Dictionary<string, SliceHost> registered = Registered(fleet);
        string[] chosen = [.. hosts.Where(host => IsKnown(host, fleet, registered)).Where(host => MayTake(host, registered.GetValueOrDefault(host)))];
        if (chosen.Length > 0)
        {
            TimeSpan? within = WithinSec is int seconds ? TimeSpan.FromSeconds(seconds) : null;
            Do(fleet, async (open, token) =>
            {
                await open.SuspendAsync(chosen, Reason, within, token);
                return chosen;
            });
        }
    }

    private bool IsKnown(string host, string fleet, Dictionary<string, SliceHost> registered)
    {
        if (Force || registered.ContainsKey(host))
        {
            return true;
        }

        WriteNotFound(host, fleet, "Get-SliceHost lists the hosts; -Force suspends one that is not registered now.");
        return false;
    }

    private bool MayTake(string host, SliceHost? known)
    {
        string holder = known is { Pool.Length: > 0 } ? $", held by pool '{known.Pool}'" : "";
        string limit = holder.Length > 0 && WithinSec is int seconds ? $", which must leave it within {seconds} s" : "";
        return ShouldProcess($"host '{host}'{holder}{limit}", "Suspend-SliceHost");
    }
}
