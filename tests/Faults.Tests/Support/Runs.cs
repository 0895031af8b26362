using System.Text;
using System.Text.RegularExpressions;
using Xunit;

namespace Eformer.Pool.Faults.Tests.Support;

/// <summary>Runs scripts and reads what comes of them.</summary>
internal static class Runs
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static Task<RunHandle> StartAsync(this SlicePoolManager pool, string script) => pool.StartRunAsync(new RunRequest { Script = script }, Token);

    /// <summary>Reads a run to its end, and sees that every host has exactly one.</summary>
    public static async Task<AttemptEnd[]> EndsAsync(this RunHandle run)
    {
        List<RunRecord> records = await run.ReadAsync();
        RunRecord[] ends = [.. records.Where(record => record.Kind == RecordKind.End).OrderBy(record => record.Host)];
        Assert.Equal(run.Hosts, ends.Select(end => end.Host));
        return [.. ends.Select(end => end.End!)];
    }

    /// <summary>Reads all records of a run.</summary>
    public static async Task<List<RunRecord>> ReadAsync(this RunHandle run)
    {
        List<RunRecord> records = [];
        Task reading = ReadIntoAsync(run, records);
        try
        {
            await Eventually.AnswersAsync(reading, Token);
        }
        catch (TimeoutException)
        {
            Assert.Fail($"The run hangs. Records so far: {string.Join(", ", records.Select(record => $"{record.Host} {record.Kind} {record.End?.Outcome}"))}.");
        }

        return records;
    }

    /// <summary>Reads a run until every host waits for the attempt after one.</summary>
    public static async Task AwaitRetriesAsync(this RunHandle run, int attempt)
    {
        HashSet<HostAddress> waiting = [];
        while (waiting.Count < run.Hosts.Count)
        {
            RunRecord record = await run.Records.ReadAsync(Token);
            if (record.Kind == RecordKind.Retry && record.End!.Attempt == attempt)
            {
                waiting.Add(record.Host);
            }
        }
    }

    /// <summary>Runs a script to its end.</summary>
    public static async Task<AttemptEnd[]> RunAsync(this SlicePoolManager pool, string script)
    {
        await using RunHandle run = await pool.StartAsync(script);
        return await run.EndsAsync();
    }

    /// <summary>Runs a script that has to succeed everywhere.</summary>
    public static async Task SucceedAsync(this SlicePoolManager pool, string script) =>
        Assert.All(await pool.RunAsync(script), end => Assert.True(end.Outcome == RunOutcome.Succeeded, $"{end.Outcome}: {end.Evidence}"));

    /// <summary>Waits until a script succeeds everywhere: the pool has noticed what happened to it, and its hosts have stopped what ran.</summary>
    public static Task SucceedsSoonAsync(this SlicePoolManager pool, string script)
    {
        string last = "nothing";
        return Eventually.TrueAsync(
            async () =>
            {
                AttemptEnd[] ends = [];
                bool reached = await Retry.OnceAsync(async () => ends = await pool.RunAsync(script));
                last = string.Join("; ", ends.Select(end => $"{end.Outcome}: {end.Evidence}"));
                return reached && ends.All(end => end.Outcome == RunOutcome.Succeeded);
            },
            () => $"the script succeeds; last: {last}", Token);
    }

    /// <summary>What came through the output stream of a host in its last attempt.</summary>
    public static string[] OutputOf(this IEnumerable<RunRecord> records, HostAddress host)
    {
        List<string> texts = [];
        foreach (RunRecord record in records.Where(record => record.Host == host))
        {
            if (record.Kind == RecordKind.Retry)
            {
                texts.Clear();
            }
            else if (record.Kind == RecordKind.Output)
            {
                texts.AddRange(Regex.Matches(Encoding.UTF8.GetString(record.Data.Span), "<(?:S|I32)>([^<]*)<").Select(match => match.Groups[1].Value));
            }
        }

        return [.. texts];
    }

    /// <summary>Sees that all ends are of one kind.</summary>
    public static void AllAre(this IEnumerable<AttemptEnd> ends, params RunOutcome[] allowed) =>
        Assert.All(ends, end => Assert.True(allowed.Contains(end.Outcome) && end.Evidence.Length > 0, $"{end.Outcome}: {end.Evidence}"));

    private static async Task ReadIntoAsync(RunHandle run, List<RunRecord> records)
    {
        await foreach (RunRecord record in run.Records.ReadAllAsync(Token))
        {
            records.Add(record);
        }
    }
}
