using System.Text;

namespace Eformer.Pool.Runs;

/// <summary>Reads a run to its end.</summary>
internal static class ResultGatherer
{
    /// <summary>One result for each host, in slot and host order; output and errors as the documents they came in.</summary>
    public static async Task<IReadOnlyList<HostResult>> GatherAsync(RunHandle run, CancellationToken cancellationToken)
    {
        Dictionary<HostAddress, Gathered> hosts = run.Hosts.ToDictionary(host => host, _ => new Gathered());
        await foreach (RunRecord record in run.Records.ReadAllAsync(cancellationToken))
        {
            hosts[record.Host].Take(record);
        }

        return [.. run.Hosts.Select(host => hosts[host].ToResult(host, run.Queued))];
    }

    private sealed class Gathered
    {
        private readonly List<object?> _output = [];
        private readonly List<object> _errors = [];
        private AttemptEnd? _end;

        public void Take(RunRecord record)
        {
            switch (record.Kind)
            {
                case RecordKind.Output:
                    _output.Add(Encoding.UTF8.GetString(record.Data.Span));
                    break;
                case RecordKind.Error:
                    _errors.Add(Encoding.UTF8.GetString(record.Data.Span));
                    break;
                case RecordKind.Retry:
                    _output.Clear();
                    _errors.Clear();
                    break;
                case RecordKind.End:
                    _end = record.End;
                    break;
            }
        }

        public HostResult ToResult(HostAddress host, DateTimeOffset queued) => HostResult.From(
            host, _end ?? throw new InvalidOperationException("A run completed without the end of a host."), queued, [.. _output], [.. _errors]);
    }
}
