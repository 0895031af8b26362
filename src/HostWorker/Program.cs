using Eformer.Pool.HostWorker.CommandLine;
using Eformer.Pool.HostWorker.Discovery;
using Eformer.Pool.HostWorker.Runners.Inside;
using Eformer.Pool.HostWorker.Script;

CultureData.DoWithoutIfMissing();

// Runners and scripts must start fast: nothing that is heavy to load may be mentioned in this method.
return args switch
{
    ["runner", ..] => RunnerRole.Run(args),
    ["script", ..] => ScriptVerb.Run(args),
    _ => await WorkerCommands.RunAsync(args),
};
