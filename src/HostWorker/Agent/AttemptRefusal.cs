namespace Eformer.Pool.HostWorker.Agent;

/// <summary>Why an attempt may not start on a host.</summary>
/// <param name="Reason">The reason, as evidence.</param>
/// <param name="IsBusy">Whether the host runs something else.</param>
internal sealed record AttemptRefusal(string Reason, bool IsBusy);
