using System.Globalization;
using System.Text.Json.Serialization.Metadata;

namespace Eformer.Pool.Functions;

/// <summary>Puts together what the hosts of one run give. What cannot be read fails the host that gave it, and no other. Not thread-safe.</summary>
/// <param name="run">The run.</param>
/// <param name="info">How values are read.</param>
/// <param name="keep">Whether the values are kept for the results.</param>
/// <param name="onReport">Takes reports, and gives why one cannot be read; null to pass over them.</param>
internal sealed class ValueGatherer<T>(RunHandle run, JsonTypeInfo<T> info, bool keep, Func<RunRecord, SlicePoolException?>? onReport = null)
{
    private readonly Dictionary<HostAddress, Gathered> _hosts = run.Hosts.ToDictionary(host => host, _ => new Gathered());

    /// <summary>Takes the next record.</summary>
    /// <returns>The values in it.</returns>
    public IReadOnlyList<T> Take(RunRecord record)
    {
        Gathered host = _hosts[record.Host];
        switch (record.Kind)
        {
            case RecordKind.Value:
                return Take(host, record);
            case RecordKind.Report:
                SlicePoolException? unreadable = onReport?.Invoke(record);
                host.Exception ??= unreadable;
                break;
            case RecordKind.Output:
                host.Exception ??= PayloadErrors.OfAnother(record.Host, "a script wrote it");
                break;
            case RecordKind.Fault:
                host.Exception = RemoteFault.TryRead(record.Data.Span)?.ToException();
                break;
            case RecordKind.Retry:
                _hosts[record.Host] = new Gathered();
                break;
            case RecordKind.End:
                host.End = record.End;
                host.Exception ??= record.End is { OutputLimit: > 0 } end ? PayloadErrors.Cut(record.Host, end) : null;
                break;
        }

        return [];
    }

    /// <summary>The one value of each host; one that succeeded without it has an error instead.</summary>
    public HostResults<T> Single()
    {
        foreach ((HostAddress address, Gathered host) in _hosts.Where(host => host.Value.Lacks))
        {
            string came = string.Create(CultureInfo.InvariantCulture, $"{host.Values.Count} values came, one was expected");
            host.Exception = PayloadErrors.OfAnother(address, came);
        }

        return Results(host => host.Values.Count == 1 ? host.Values[0] : default);
    }

    /// <summary>All values of each host.</summary>
    public HostResults<IReadOnlyList<T>> Lists() => Results<IReadOnlyList<T>>(host => host.Values);

    /// <summary>The number of values of each host.</summary>
    public HostResults<long> Counts() => Results(host => host.Count);

    private IReadOnlyList<T> Take(Gathered host, RunRecord record)
    {
        try
        {
            IReadOnlyList<T> values = PayloadErrors.Reading(record.Host, () => ValueRecord.Read(record.Data.Span, info));
            host.Count += values.Count;
            host.Values.AddRange(keep ? values : []);
            return values;
        }
        catch (SlicePoolException exception)
        {
            host.Exception = exception;
            return [];
        }
    }

    private HostResults<TResult> Results<TResult>(Func<Gathered, TResult?> value) => new(run.RunId,
        [.. run.Hosts.Select(host => new HostResult<TResult>(host, _hosts[host].Ended, value(_hosts[host]), _hosts[host].Exception))]);

    private sealed class Gathered
    {
        public List<T> Values { get; } = [];

        public long Count { get; set; }

        public Exception? Exception { get; set; }

        public AttemptEnd? End { get; set; }

        public AttemptEnd Ended => End ?? throw new InvalidOperationException("A run completed without the end of a host.");

        // Nothing compares the contract of a run that is attached to with that of the function.
        public bool Lacks => End?.Outcome == RunOutcome.Succeeded && Exception is null && typeof(T) != typeof(NoValue) && Values.Count != 1;
    }
}
