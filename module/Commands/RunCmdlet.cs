using System.Management.Automation;
using Eformer.Pool.Module.Arguments;
using Eformer.Pool.Module.Errors;
using Eformer.Pool.Module.Runs;
using Eformer.Pool.Module.Scripts;
using Eformer.Pool.Module.Streams;

namespace Eformer.Pool.Module.Commands;

/// <summary>What commands that run something on hosts share.</summary>
public abstract partial class RunCmdlet : SlicePoolCmdlet
{
    private readonly RunQueue _runs = new();
    private readonly List<SlicePool> _pools = [];
    private readonly List<object?> _input = [];
    private readonly CoverageTally _coverage = new();
    private RunRequestBuilder? _builder;
    private RecordWriter? _writer;

    /// <summary>Where objects, errors and ends go.</summary>
    private protected abstract IRunSink OpenSink();

    /// <summary>Whether the command waits for its runs.</summary>
    private protected virtual bool Waits => true;

    /// <inheritdoc/>
    protected override void Begin()
    {
        ScriptText? script = ReadScript();
        IReadOnlyList<UsingValue> usings = script is null ? [] : UsingExpressions.Evaluate(script.Ast, SessionState.PSVariable);
        string? arguments = ArgumentEncoder.Encode(ArgumentList, usings);
        _builder = new RunRequestBuilder(ReadOptions(), hasInput => script ?? ScriptText.OfCommand(Command, hasInput), arguments);
        ReadNamed();
        _writer = new RecordWriter(new CmdletStreams(this), OpenSink());
    }

    /// <inheritdoc/>
    protected override void Process()
    {
        if (!_poolIsNamed)
        {
            _pools.AddRange(Pool);
        }

        if (InputIsPiped)
        {
            _input.Add(InputObject);
        }
        else if (!Distribute)
        {
            Start();
        }

        while (_runs.TryTake(out RunEvent? taken))
        {
            Write(taken);
        }
    }

    /// <inheritdoc/>
    protected override void End()
    {
        Start();
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
    private protected virtual void Start(SlicePool pool, RunRequest request) => _runs.Start(pool, request);

    private void Start()
    {
        SlicePool[] pools = [.. _pools];
        _pools.Clear();
        IReadOnlyList<RunRequest> requests = Distribute
            ? _builder!.Distribute(_input, [.. pools.Select(CountHosts)])
            : [.. Enumerable.Repeat(pools.Length == 0 ? null! : _builder!.Build(_input), pools.Length)];
        for (int pool = 0; pool < pools.Length; pool++)
        {
            Start(pools[pool], requests[pool]);
        }
    }

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
