using System.Collections;
using System.Management.Automation;

namespace Eformer.Pool.Module.Runs;

/// <summary>Gathers what each host made of a run.</summary>
internal abstract class GatheringSink : IRunSink
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
            Take(run, result);
        }
    }

    /// <inheritdoc/>
    public void Retry(PoolRun run, HostAddress host)
    {
        HostProgress progress = Of(run).Host(host);
        progress.Output.Clear();
        progress.Errors.Clear();
    }

    /// <summary>Takes a host's result. Those of one run come in slot and host order.</summary>
    protected abstract void Take(PoolRun run, HostResult result);

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
