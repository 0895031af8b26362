using Eformer.Pool.HostWorker.Agent;
using Eformer.Pool.HostWorker.Discovery;

namespace Eformer.Pool.HostWorker.Preemption;

/// <summary>Whom an agent asks whether its machine will be taken away.</summary>
internal static class PreemptionSources
{
    /// <summary>Those that the options name, those of the machine's owner first; none for a machine of which nobody would tell.</summary>
    /// <param name="options">What the agent was told.</param>
    /// <param name="metadata">The metadata of this machine, or null where there is none.</param>
    /// <param name="clock">Times the command.</param>
    public static IReadOnlyList<IPreemptionNotice> Of(AgentOptions options, IHostMetadata? metadata, TimeProvider clock)
    {
        List<IPreemptionNotice> sources = [];
        if (options.PreemptionFile is not null)
        {
            sources.Add(new FilePreemptionNotice(options.PreemptionFile));
        }

        if (options.PreemptionCommand is not null)
        {
            sources.Add(new CommandPreemptionNotice(options.PreemptionCommand, clock));
        }

        if (metadata is not null)
        {
            sources.Add(new MetadataPreemptionNotice(metadata));
        }

        return sources;
    }
}
