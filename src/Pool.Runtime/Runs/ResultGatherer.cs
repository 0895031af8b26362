using System.Text;
using System.Text.Json;
using Eformer.Pool.Functions;

namespace Eformer.Pool.Runs;

/// <summary>Reads a run to its end.</summary>
internal static class ResultGatherer
{
    /// <summary>One result for each host, in slot and host order; output and errors as the documents they came in.</summary>
    /// <remarks>Of a remote function the output is its values and the error what it threw, each as JSON text.</remarks>
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
                case RecordKind.Value:
                    TakeValues(record);
                    break;
                case RecordKind.Error or RecordKind.Fault:
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

        private void TakeValues(RunRecord record)
        {
            ReadOnlySpan<byte> data = record.Data.Span;
            try
            {
                foreach (Range line in ValueRecord.Lines(ref data))
                {
                    _output.Add(Encoding.UTF8.GetString(data[line]));
                }
            }
            catch (JsonException exception)
            {
                _errors.Add(PayloadErrors.Unreadable(record.Host, exception).Message);
            }
        }

        public HostResult ToResult(HostAddress host, DateTimeOffset queued) => HostResult.From(
            host, _end ?? throw new InvalidOperationException("A run completed without the end of a host."), queued, [.. _output], [.. _errors]);
    }
}
