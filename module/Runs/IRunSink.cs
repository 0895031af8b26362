using System.Collections;
using System.Management.Automation;

namespace Eformer.Pool.Module.Runs;

/// <summary>Where the objects, the errors and the ends of a run go; called on the pipeline thread.</summary>
internal interface IRunSink
{
    /// <summary>Takes the objects of an output record.</summary>
    void Output(PoolRun run, HostAddress host, IList items);

    /// <summary>Takes an error record of the script.</summary>
    void Error(PoolRun run, HostAddress host, ErrorRecord error);

    /// <summary>Takes the end of a host's attempt, after everything else of that host.</summary>
    void End(PoolRun run, HostAddress host, AttemptEnd end);

    /// <summary>Hears that a host's attempt ended and another one is made: what came of it so far does not count.</summary>
    void Retry(PoolRun run, HostAddress host);
}
