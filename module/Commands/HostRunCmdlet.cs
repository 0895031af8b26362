using Eformer.Pool.Module.Errors;
using Eformer.Pool.Module.Jobs;
using Eformer.Pool.Module.Runs;
using Eformer.Pool.Module.Streams;
using Eformer.Pool.Module.Values;

namespace Eformer.Pool.Module.Commands;

/// <summary>What commands that run scripts or remote functions on hosts share: runs, and their records on the way into the pipeline.</summary>
public abstract partial class HostRunCmdlet : SlicePoolCmdlet
{
    private readonly RunQueue _runs = new();
    private readonly CoverageTally _coverage = new();
    private RecordWriter? _writer;

    /// <summary>Where objects, errors and ends go.</summary>
    private protected abstract IRunSink OpenSink();

    /// <summary>How the values of remote functions are read.</summary>
    private protected virtual IValueReader Values => JsonValueReader.Instance;

    /// <summary>Whether the command waits for its runs.</summary>
    private protected virtual bool Waits => true;

    /// <inheritdoc/>
    protected override void Begin() => _writer = new RecordWriter(new CmdletStreams(this), OpenSink());

    /// <inheritdoc/>
    protected override void End()
    {
        _runs.Complete();
        while (_runs.Take(StopToken, out RunEvent? taken))
        {
            Write(taken);
        }

        if (_runs.Release() is SlicePoolException failure)
        {
            WriteWarning(failure.Message);
        }

        if (Require is not null && Waits)
        {
            _coverage.Require(Require);
        }
    }

    /// <inheritdoc/>
    /// <remarks>
    /// Reached however the pipeline ended: by Ctrl+C, by <c>Select-Object -First</c>, by an error that the user made stop.
    /// Runs that have not ended are stopped on their hosts.
    /// </remarks>
    protected override void Dispose(bool disposing)
    {
        _runs.Dispose();
        base.Dispose(disposing);
    }

    /// <summary>Starts a run on a pool.</summary>
    private protected virtual void Start(SlicePool pool, RunRequest request) => _runs.Start(CreateRun(pool, request));

    /// <summary>Makes a run, not started yet.</summary>
    private protected virtual PoolRun CreateRun(SlicePool pool, RunRequest request) => new(pool, request) { Values = Values };

    /// <summary>Starts a run on a pool as a job, and writes the job.</summary>
    private protected void StartJob(SlicePool pool, RunRequest request, string command, RunJobOptions options)
    {
        PoolRun run = CreateRun(pool, request);
        try
        {
            Await(run.StartAsync);
        }
        catch (SlicePoolException failure) when (failure.Category != PoolErrorCategory.InvalidArgument)
        {
            WriteError(ErrorRecords.From(failure, pool));
            return;
        }

        SlicePoolJob job = new(run, command, request.RunId, options);
        SlicePoolJobSourceAdapter.Register(JobManager, job);
        WriteObject(job);
    }

    /// <summary>Writes what has come by now.</summary>
    private protected void WriteArrived()
    {
        while (_runs.TryTake(out RunEvent? taken))
        {
            Write(taken);
        }
    }

    /// <summary>How many hosts of a pool are chosen. A pool that cannot be used has none; starting the run there says why.</summary>
    private protected int CountHosts(SlicePool pool) => pool.IsOwned
        ? (Slice?.Distinct().Count() ?? pool.SliceCount) * (HostId?.Distinct().Count() ?? pool.HostsPerSlice)
        : 0;

    private void Write(RunEvent taken)
    {
        if (taken.Record is RunRecord record)
        {
            if (record.Kind == RecordKind.End)
            {
                _coverage.Note(record.Host, record.End);
            }

            _writer!.Write(taken.Run, record);
            return;
        }

        SlicePoolException failure = taken.Failure as SlicePoolException ?? ErrorRecords.Unexpected(taken.Failure!);
        if (failure.Category == PoolErrorCategory.InvalidArgument)
        {
            throw failure;
        }

        _coverage.NoteFailed(taken.Run, CountHosts((SlicePool)taken.Run.Source));
        // What is wrong with one pool does not cost the others their results.
        WriteError(ErrorRecords.From(failure, taken.Run.Source));
    }
}
