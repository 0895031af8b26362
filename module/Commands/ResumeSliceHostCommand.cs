using System.Management.Automation;

namespace Eformer.Pool.Module.Commands;

/// <summary>Allows placements on suspended hosts again. Hosts that are not suspended stay as they are.</summary>
[Cmdlet(VerbsLifecycle.Resume, "SliceHost", SupportsShouldProcess = true)]
[OutputType(typeof(void))]
public sealed class ResumeSliceHostCommand : HostMaintenanceCmdlet
{
    private protected override void Work(string fleet, IReadOnlyList<string> hosts)
    {
        Dictionary<string, SliceHost> registered = Registered(fleet);
        string[] chosen = [.. hosts.Where(host => ShouldProcess($"host '{host}'", "Resume-SliceHost"))];
        Resume(fleet, [.. chosen.Where(registered.ContainsKey)]);

        // A host may be suspended that is not registered; that it is not can only be told one by one.
        foreach (string host in chosen.Where(host => !registered.ContainsKey(host)))
        {
            if (Resume(fleet, [host]) == 0)
            {
                WriteNotFound(host, fleet, "Get-SliceHost lists the hosts, and which are suspended.");
            }
        }
    }

    private int Resume(string fleet, string[] hosts) =>
        hosts.Length == 0 ? 0 : Do(fleet, (open, token) => open.ResumeAsync(hosts, token));
}
