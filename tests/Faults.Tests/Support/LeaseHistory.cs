using System.Globalization;
using System.Text.RegularExpressions;
using Xunit;

namespace Eformer.Pool.Faults.Tests.Support;

/// <summary>Checks what hosts themselves wrote down: no two leases at once on a host, and epochs that only rise.</summary>
internal static partial class LeaseHistory
{
    /// <summary>Everything that is wrong with a history; nothing when it is right.</summary>
    public static IReadOnlyList<string> Faults(IEnumerable<LeaseStep> steps) =>
        [.. steps.GroupBy(step => step.Host).SelectMany(host => FaultsOf(host.Key, [.. host]))];

    /// <summary>Sees that a history is right and not empty.</summary>
    public static void Check(IEnumerable<LeaseStep> steps)
    {
        LeaseStep[] all = [.. steps];
        Assert.NotEmpty(all);
        Assert.Empty(Faults(all));
    }

    /// <summary>Sees that a history is right, and that nothing is leased at its end.</summary>
    public static void CheckFreed(IEnumerable<LeaseStep> steps)
    {
        LeaseStep[] all = [.. steps];
        Check(all);
        Assert.Empty(Kept(all));
    }

    /// <summary>The hosts that still hold a lease at the end of a history.</summary>
    public static IReadOnlyList<string> Kept(IEnumerable<LeaseStep> steps) =>
        [.. steps.GroupBy(step => step.Host).Where(host => host.Last().Accepted).Select(host => $"{host.Key} holds epoch {host.Last().Epoch} at the end")];

    /// <summary>The history in the logs of one agent's lives, oldest first; when a life ends without a word, so do its leases, but for the last.</summary>
    public static IEnumerable<LeaseStep> Read(params IReadOnlyList<string> logs)
    {
        foreach ((int life, string log) in logs.Index())
        {
            Dictionary<string, long> held = [];
            foreach (Match line in Line().Matches(log))
            {
                LeaseStep step = new(
                    line.Groups["host"].Value,
                    long.Parse(line.Groups["epoch"].Value, CultureInfo.InvariantCulture),
                    line.Groups["what"].Value == "accepted");
                held[step.Host] = step.Accepted ? step.Epoch : 0;
                yield return step;
            }

            // A new life of the agent ends what the old one left before it registers.
            foreach ((string host, long epoch) in held.Where(pair => pair.Value > 0 && life < logs.Count - 1))
            {
                yield return new LeaseStep(host, epoch, Accepted: false);
            }
        }
    }

    private static IEnumerable<string> FaultsOf(string host, LeaseStep[] steps)
    {
        long highest = 0, held = 0;
        foreach (LeaseStep step in steps)
        {
            if (!step.Accepted)
            {
                if (step.Epoch != held)
                {
                    yield return $"{host} cleared epoch {step.Epoch} while it held {held}";
                }

                held = step.Epoch == held ? 0 : held;
                continue;
            }

            if (held != 0)
            {
                yield return $"{host} accepted epoch {step.Epoch} while it held {held}";
            }

            if (step.Epoch <= highest)
            {
                yield return $"{host} accepted epoch {step.Epoch} after {highest}";
            }

            highest = Math.Max(highest, step.Epoch);
            held = step.Epoch;
        }
    }

    [GeneratedRegex(@"Host (?<host>\S+) (?<what>accepted|is clear of) .*epoch (?<epoch>\d+)")]
    private static partial Regex Line();
}
