using System.Text;
using Eformer.Pool.Functions;

namespace Eformer.Pool.Module.Fixture;

/// <summary>Reads records from texts such as <c>0 Value {"Steps":1}</c>: the host, the kind, and what it holds.</summary>
internal static class FakeRecord
{
    public static RunRecord Of(string text, IReadOnlyList<HostAddress> hosts)
    {
        string[] parts = text.Split(' ', 3);
        RecordKind kind = Enum.Parse<RecordKind>(parts[1]);
        byte[] data = Encoding.UTF8.GetBytes(parts.Length > 2 ? parts[2].Replace('|', '\n') : "");
        return new RunRecord(
            hosts[parts[0][0] - '0'],
            kind,
            kind is RecordKind.Value or RecordKind.Report ? [RemoteCall.Json, .. data] : data,
            kind is RecordKind.End or RecordKind.Retry ? End(parts[2].Split(' ')) : null);
    }

    private static AttemptEnd End(string[] words) =>
        new() { Outcome = Enum.Parse<RunOutcome>(words[0]), Evidence = "as the test says", Threw = words.Contains("threw") };
}
