using System.Collections;
using System.Management.Automation;

namespace Eformer.Pool.Module.Runs;

/// <summary>Gathers what each host made of a run, and writes one object per host in slot and host order.</summary>
internal sealed class ResultSink(Cmdlet cmdlet) : IRunSink
{
    private readonly Dictionary<PoolRun, RunResults> _runs = [];

    /// <inheritdoc/>
    public void Output(PoolRun run, HostAddress host, IList items) => Of(run).Host(host).Output.AddRange(items.Cast<object?>());

    /// <inheritdoc/>
    public void Error(PoolRun run, HostAddress host, ErrorRecord error) => Of(run).Host(host).Errors.Add(error);

    /// <inheritdoc/>
    public void End(PoolRun run, HostAddress host, AttemptEnd end)
    {
        RunResults results = Of(run);
        results.Host(host).End = end;
        foreach (HostResult result in results.TakeComplete())
        {
            cmdlet.WriteObject(result);
        }
    }

    private RunResults Of(PoolRun run)
    {
        if (!_runs.TryGetValue(run, out RunResults? results))
        {
            results = new RunResults(run.Handle);
            _runs.Add(run, results);
        }

        return results;
    }
}
