using Eformer.Pool.HostWorker.Runners;

namespace Eformer.Pool.HostWorker.Agent;

/// <summary>Starts runners for an agent's hosts.</summary>
internal delegate Task<RunnerProcess> RunnerStarter(CancellationToken cancellationToken);
