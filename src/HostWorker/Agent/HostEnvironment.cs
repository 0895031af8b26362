using System.Globalization;
using Eformer.Pool.Envelopes;
using Eformer.Pool.Store;
using Eformer.Pool.Topology;

namespace Eformer.Pool.HostWorker.Agent;

/// <summary>The environment variables of an attempt. Pure.</summary>
internal static class HostEnvironment
{
    /// <summary>The complete set: the user's, then the pool's own, which always win.</summary>
    public static Dictionary<string, string> Build(
        RunCommand command, LeaseGrant grant, HostRegistration host, IReadOnlyDictionary<string, string> user)
    {
        Dictionary<string, string> variables = new(user, StringComparer.Ordinal);
        string hostId = Text(IndexOf(grant, host.Host));
        variables["TPU_HOST_ID"] = hostId;
        variables["TPU_SLICE_NAME"] = grant.SliceName;
        variables["TPU_NUM_DEVICES"] = Text(host.Devices);
        variables["EXECUTOR_CALL_INDEX"] = hostId;
        variables["EXECUTOR_CALL_SLICE"] = Text(grant.Slot);
        variables["EFORMER_FENCE_TOKEN"] = Text(command.Lease.Epoch);
        if (command.SliceCount > 1)
        {
            string port = Text(command.CoordinatorPort);
            variables["MEGASCALE_COORDINATOR_ADDRESS"] = $"{command.CoordinatorAddress}:{port}";
            variables["MEGASCALE_NUM_SLICES"] = Text(command.SliceCount);
            variables["MEGASCALE_PORT"] = port;
            variables["MEGASCALE_SLICE_ID"] = Text(command.SliceRank);
        }

        return variables;
    }

    /// <summary>Index of a host in its slice.</summary>
    public static int IndexOf(LeaseGrant grant, string host)
    {
        int index = 0;
        while (grant.Hosts[index] != host)
        {
            index++;
        }

        return index;
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
