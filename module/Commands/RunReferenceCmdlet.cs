using System.Management.Automation;
using Eformer.Pool.Module.Binding;
using Eformer.Pool.Module.Completion;

namespace Eformer.Pool.Module.Commands;

/// <summary>What commands share that do something with runs which are named or piped.</summary>
public abstract class RunReferenceCmdlet : RunDirectoryCmdlet
{
    /// <summary>Runs, or their ids.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true)]
    [Alias("RunId")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(RunIdCompleter))]
    public RunReference[] Run { get; set; } = [];

    /// <inheritdoc/>
    protected override void Process()
    {
        foreach (RunReference run in Run)
        {
            ForEach(run.RunId, () =>
            {
                (RunDirectory directory, RunInfo found) = Find(run);
                Work(directory, found);
            });
        }
    }

    /// <summary>Works on one run.</summary>
    private protected abstract void Work(RunDirectory directory, RunInfo run);
}
