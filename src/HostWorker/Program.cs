using Eformer.Pool.HostWorker.Runners.Inside;
using Eformer.Pool.HostWorker.Script;

// Runners must start fast: nothing that is heavy to load may be mentioned in this method.
return args switch
{
    ["runner", ..] => RunnerRole.Run(args),
    ["script", ..] => ScriptVerb.Run(args),
    _ => 64,
};
