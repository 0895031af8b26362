using Eformer.Pool.Store;

namespace Eformer.Pool.Runs.Losses;

/// <summary>One rule about when a host that has not answered can no longer answer. Pure: it goes by what the store says of the host.</summary>
internal interface ILossRule
{
    /// <summary>The end of the host's attempt, when the rule says that it is lost.</summary>
    /// <param name="target">The host as the run was sent there.</param>
    /// <param name="now">The host as the store has it now; null when it is not registered.</param>
    /// <returns>Null when other rules have to say.</returns>
    AttemptEnd? Judge(RunTarget target, HostRecord? now);
}
