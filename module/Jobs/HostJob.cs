using System.Collections;
using System.Management.Automation;
using Eformer.Pool.Module.Runs;
using Eformer.Pool.Module.Streams;

namespace Eformer.Pool.Module.Jobs;

/// <summary>The job of one host of a run: its streams as they come, and its state.</summary>
public sealed class HostJob : RunJob, IRunSink
{
    private readonly SlicePoolJob _parent;
    private readonly HostAddress _host;
    private readonly RunJobOptions _options;
    private readonly JobStreams _streams;
    private readonly RecordWriter _writer;
    private readonly HostProgress _progress = new();
    private ErrorRecord? _last;
    private string _status = "";

    internal HostJob(SlicePoolJob parent, HostAddress host, RunJobOptions options) : base(parent.Command, host.ToString())
    {
        _parent = parent;
        _host = host;
        _options = options;
        _streams = new JobStreams(this);
        _writer = new RecordWriter(_streams, this);
        SetJobState(JobState.Running);
        OnStartJobCompleted(new System.ComponentModel.AsyncCompletedEventArgs(null, cancelled: false, userState: null));
    }

    /// <summary>How the host ended, in words; empty until then.</summary>
    public override string StatusMessage => _status;

    /// <summary>Whether there is something that was not received yet.</summary>
    public override bool HasMoreData =>
        Output.Count + Error.Count + Warning.Count + Verbose.Count + Debug.Count + Information.Count + Progress.Count > 0;

    /// <summary>The machine.</summary>
    public override string Location => _host.Node;

    /// <summary>Takes a record of the host.</summary>
    internal void Take(PoolRun run, RunRecord record) => _writer.Write(run, record);

    /// <summary>Ends the job of a host of which nothing more will be heard.</summary>
    internal void Fail(Exception reason)
    {
        if (JobStateInfo.State == JobState.Running)
        {
            _status = reason.Message;
            SetEnd(JobState.Failed, reason);
        }
    }

    /// <inheritdoc/>
    void IRunSink.Output(PoolRun run, HostAddress host, IList items)
    {
        if (_options.AsResult)
        {
            _progress.Output.AddRange(items.Cast<object?>());
            return;
        }

        HostTag tag = new(host);
        foreach (object? item in items)
        {
            _streams.Output(_options.HideComputerName || item is null ? item : tag.Add(item));
        }
    }

    /// <inheritdoc/>
    /// <remarks>The last one is held back: when it ended the script it is the reason of the job's failure, and told once.</remarks>
    void IRunSink.Error(PoolRun run, HostAddress host, ErrorRecord error)
    {
        if (_options.AsResult)
        {
            _progress.Errors.Add(error);
        }
        else
        {
            Flush();
        }

        _last = error;
    }

    /// <inheritdoc/>
    void IRunSink.Retry(PoolRun run, HostAddress host)
    {
        Flush();
        _progress.Output.Clear();
        _progress.Errors.Clear();
    }

    /// <inheritdoc/>
    void IRunSink.End(PoolRun run, HostAddress host, AttemptEnd end)
    {
        ErrorRecord? thrown = end.Threw ? _last : null;
        if (thrown is null)
        {
            Flush();
        }

        if (_options.AsResult)
        {
            _streams.Output(HostResult.From(host, end, run.Handle.Queued, [.. _progress.Output], [.. _progress.Errors]));
        }

        _status = $"{end.Outcome}: {end.Evidence}";
        JobState state = JobStates.Of(end);
        SetEnd(state, state == JobState.Failed ? Reason(host, end, thrown) : null);
    }

    /// <inheritdoc/>
    private protected override Task AskToStopAsync() => _parent.StopRunAsync();

    private void Flush()
    {
        if (_last is not null && !_options.AsResult)
        {
            _streams.Error(_last);
        }

        _last = null;
    }

    private static Exception Reason(HostAddress host, AttemptEnd end, ErrorRecord? thrown) => thrown is null
        ? new HostRunException(host, end)
        : new RuntimeException(thrown.ToString(), thrown.Exception, thrown);
}
