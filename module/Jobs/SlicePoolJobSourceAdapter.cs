using System.Management.Automation;

namespace Eformer.Pool.Module.Jobs;

/// <summary>The jobs of one session that are runs on pools: where Get-Job, Receive-Job and Remove-Job find them.</summary>
/// <remarks>The engine makes one for each session when the module is imported.</remarks>
public sealed class SlicePoolJobSourceAdapter : JobSourceAdapter
{
    private const string JobParameter = "Job";

    private readonly Lock _gate = new();
    private readonly List<SlicePoolJob> _jobs = [];

    /// <summary>Makes it, with no jobs.</summary>
    public SlicePoolJobSourceAdapter() => Name = RunJob.TypeName;

    /// <summary>Hands a job over to a session.</summary>
    internal static void Register(JobManager session, SlicePoolJob job)
    {
        JobDefinition definition = new(typeof(SlicePoolJobSourceAdapter), job.Command, job.Name);
        session.NewJob(new JobInvocationInfo(definition, new Dictionary<string, object> { [JobParameter] = job }));
    }

    /// <summary>Takes a job of a run that was started by Invoke-OnEachHost -AsJob. There is no other way to make one.</summary>
    public override Job2 NewJob(JobInvocationInfo specification)
    {
        SlicePoolJob job = specification.Parameters.SelectMany(set => set).Select(parameter => parameter.Value).OfType<SlicePoolJob>().FirstOrDefault()
            ?? throw new NotSupportedException("A run is started with Invoke-OnEachHost -AsJob.");
        lock (_gate)
        {
            _jobs.Add(job);
        }

        return job;
    }

    /// <inheritdoc/>
    public override IList<Job2> GetJobs() => Find(_ => true, recurse: false);

    /// <inheritdoc/>
    public override IList<Job2> GetJobsByName(string name, bool recurse)
    {
        WildcardPattern pattern = WildcardPattern.Get(name, WildcardOptions.IgnoreCase);
        return Find(job => pattern.IsMatch(job.Name), recurse);
    }

    /// <inheritdoc/>
    public override IList<Job2> GetJobsByCommand(string command, bool recurse)
    {
        WildcardPattern pattern = WildcardPattern.Get(command, WildcardOptions.IgnoreCase);
        return Find(job => pattern.IsMatch(job.Command), recurse);
    }

    /// <inheritdoc/>
    public override Job2? GetJobByInstanceId(Guid instanceId, bool recurse) => Find(job => job.InstanceId == instanceId, recurse).FirstOrDefault();

    /// <inheritdoc/>
    public override Job2? GetJobBySessionId(int id, bool recurse) => Find(job => job.Id == id, recurse).FirstOrDefault();

    /// <inheritdoc/>
    public override IList<Job2> GetJobsByState(JobState state, bool recurse) => Find(job => job.JobStateInfo.State == state, recurse);

    /// <summary>Finds jobs by Id, InstanceId, Name, Command and State; a filter with anything else fits none.</summary>
    public override IList<Job2> GetJobsByFilter(Dictionary<string, object> filter, bool recurse) =>
        Find(job => filter.All(wish => Fits(job, wish.Key, wish.Value)), recurse);

    /// <inheritdoc/>
    public override void RemoveJob(Job2 job)
    {
        lock (_gate)
        {
            _jobs.RemoveAll(known => known == job);
        }

        job.Dispose();
    }

    private List<Job2> Find(Func<Job, bool> fits, bool recurse)
    {
        lock (_gate)
        {
            return [.. _jobs.SelectMany(job => recurse ? job.ChildJobs.Prepend(job) : [job]).Where(fits).Cast<Job2>()];
        }
    }

    private static bool Fits(Job job, string property, object wanted) => property.ToUpperInvariant() switch
    {
        "ID" => LanguagePrimitives.Equals(job.Id, wanted),
        "INSTANCEID" => LanguagePrimitives.Equals(job.InstanceId, wanted),
        "NAME" => WildcardPattern.Get($"{wanted}", WildcardOptions.IgnoreCase).IsMatch(job.Name),
        "COMMAND" => WildcardPattern.Get($"{wanted}", WildcardOptions.IgnoreCase).IsMatch(job.Command),
        "STATE" => LanguagePrimitives.Equals(job.JobStateInfo.State, wanted),
        _ => false,
    };
}
