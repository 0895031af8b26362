using System.Globalization;
using System.Management.Automation;
using Eformer.Pool.Module.Errors;
using Eformer.Pool.Module.Runs;

namespace Eformer.Pool.Module.Jobs;

/// <summary>The job of a run, with a child job for each of its hosts, in slot and host order.</summary>
public sealed class SlicePoolJob : RunJob
{
    private readonly PoolRun _run;
    private readonly RunJobOptions _options;
    private readonly CoverageTally _coverage = new();
    private readonly Dictionary<HostAddress, HostJob> _hosts;

    /// <summary>The job of a run that has started.</summary>
    internal SlicePoolJob(PoolRun run, string command, string? name, RunJobOptions options) : base(command, name)
    {
        _run = run;
        _options = options;
        _hosts = run.Hosts.ToDictionary(host => host, host => new HostJob(this, host, options));
        foreach (HostAddress host in run.Hosts)
        {
            ChildJobs.Add(_hosts[host]);
        }

        SetJobState(JobState.Running);
        _ = Task.Run(FeedAsync);
    }

    /// <summary>Identity of the run.</summary>
    public string RunId => _run.Handle.RunId;

    /// <summary>How far it is.</summary>
    public override string StatusMessage => string.Create(
        CultureInfo.InvariantCulture, $"{ChildJobs.Count(job => job.JobStateInfo.State != JobState.Running)} of {ChildJobs.Count} hosts ended");

    /// <summary>Whether there is something that was not received yet.</summary>
    public override bool HasMoreData => ChildJobs.Any(job => job.HasMoreData);

    /// <summary>The pool.</summary>
    public override string Location => $"{_run.Source}";

    /// <summary>Asks all hosts to stop.</summary>
    internal Task StopRunAsync() => _run.Handle.CancelAsync(CancellationToken.None);

    /// <inheritdoc/>
    private protected override Task AskToStopAsync() => StopRunAsync();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            foreach (Job job in ChildJobs)
            {
                job.Dispose();
            }
        }

        base.Dispose(disposing);
    }

    // Every host's job ends, and then this one, whatever happens to the run.
    private async Task FeedAsync()
    {
        Exception problem = new InvalidOperationException("The run ended without saying how this host did.");
        try
        {
            await foreach (RunRecord record in _run.Handle.Records.ReadAllAsync())
            {
                Take(record);
            }

            await _run.ReleaseAsync();
        }
        catch (Exception failure)
        {
            problem = failure as SlicePoolException ?? ErrorRecords.Unexpected(failure);
        }

        Finish(problem);
    }

    private void Take(RunRecord record)
    {
        if (record.Kind == RecordKind.End)
        {
            _coverage.Note(record.Host, record.End);
        }

        _hosts[record.Host].Take(_run, record);
    }

    private void Finish(Exception problem)
    {
        _coverage.NoteFailed(_run, _hosts.Count);
        foreach (HostJob host in _hosts.Values)
        {
            host.Fail(problem);
        }

        SlicePoolException? missing = _options.Require is null ? null : _coverage.Failure(_options.Require);
        JobState state = JobStates.Of([.. ChildJobs.Select(job => job.JobStateInfo.State)]);
        SetEnd(missing is null ? state : JobState.Failed, missing);
    }
}
