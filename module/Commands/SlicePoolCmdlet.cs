using System.Management.Automation;
using Eformer.Pool.Module.Errors;

namespace Eformer.Pool.Module.Commands;

/// <summary>What the commands share: a stop that cancels, and errors with stable ids.</summary>
public abstract class SlicePoolCmdlet : PSCmdlet, IDisposable
{
    // Not disposed of: a stop may come while the engine disposes of the command, and without a timer there is nothing to free.
    private readonly CancellationTokenSource _stop = new();

    /// <summary>Cancelled when the pipeline is stopped.</summary>
    protected CancellationToken StopToken => _stop.Token;

    /// <summary>Called by the engine when the pipeline is over, however it ended.</summary>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc/>
    protected sealed override void BeginProcessing() => Run(Begin);

    /// <inheritdoc/>
    protected sealed override void ProcessRecord() => Run(Process);

    /// <inheritdoc/>
    protected sealed override void EndProcessing() => Run(End);

    /// <inheritdoc/>
    protected override void StopProcessing() => _stop.Cancel();

    /// <summary>Checks the arguments, before anything is done.</summary>
    protected virtual void Begin()
    {
    }

    /// <summary>Works on one object of the pipeline.</summary>
    protected virtual void Process()
    {
    }

    /// <summary>Finishes.</summary>
    protected virtual void End()
    {
    }

    /// <summary>Lets go of what the command still has running.</summary>
    protected virtual void Dispose(bool disposing)
    {
    }

    /// <summary>Runs something on the thread pool and waits for it; a stop of the pipeline cancels it.</summary>
    protected T Await<T>(Func<CancellationToken, Task<T>> work)
    {
        try
        {
            return Task.Run(() => work(_stop.Token)).GetAwaiter().GetResult();
        }
        catch (Exception failure) when (failure is not (SlicePoolException or OperationCanceledException))
        {
            throw ErrorRecords.Unexpected(failure);
        }
    }

    /// <summary>Runs something on the thread pool and waits for it; a stop of the pipeline cancels it.</summary>
    protected void Await(Func<CancellationToken, Task> work) =>
        Await(async token =>
        {
            await work(token);
            return true;
        });

    /// <summary>Does something for one object of many: its error is written, and the others go on.</summary>
    protected void ForEach(object target, Action step)
    {
        try
        {
            step();
        }
        catch (SlicePoolException error)
        {
            WriteError(ErrorRecords.From(error, target));
        }
    }

    private void Run(Action step)
    {
        try
        {
            step();
        }
        catch (SlicePoolException error)
        {
            ThrowTerminatingError(ErrorRecords.From(error));
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
    }
}
