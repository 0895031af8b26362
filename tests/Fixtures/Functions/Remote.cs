using System.Runtime.CompilerServices;
using Eformer.Pool;
using Eformer.Pool.Functions;

namespace Acme.Functions;

/// <summary>Functions that a user might have written.</summary>
public static class Remote
{
#if NEXT
    private const int Build = 2;
    private const string StepsType = "long";
    private const string More = "argument times: int optional\n";
#else
    private const int Build = 1;
    private const string StepsType = "int";
    private const string More = "";
#endif

    private static int s_calls;

    public static readonly Function<string, Place> Where = new("Acme.Where", "argument value: string\nresult: Acme.Place", DoWhere);

    public static readonly Function<int, int> Twice = new("Acme.Twice", $"argument value: int\n{More}result: int", (value, _) => value * 2);

    /// <summary>The number of calls since the assembly was loaded.</summary>
    public static readonly Function<int, int> Next = new("Acme.Next", "argument value: int\nresult: int", (_, _) => Interlocked.Increment(ref s_calls));

    /// <summary>Numbers from 0 on; without end when there is to be a negative number of them.</summary>
    public static readonly Function<int, int> Count = new("Acme.Count", "argument value: int\nresult: int", DoCountAsync);

    /// <summary>Reports numbers from 1 on.</summary>
    public static readonly Function<int, int> Report = new("Acme.Report", "argument value: int\nresult: int\nprogress: int", DoReport);

    /// <summary>Throws on one host, or on all.</summary>
    public static readonly Function<int, int> Fail = new("Acme.Fail", "argument value: int\nresult: int", DoFail);

    public static readonly Function<Patience, int> Wait = new("Acme.Wait", "argument value: Acme.Patience\nresult: int", DoWaitAsync);

    public static readonly Function<Exit, int> EndProcess = new("Acme.EndProcess", "argument value: Acme.Exit\nresult: int", DoEndProcessAsync);

    public static readonly Function<string, string> Shout = new("Acme.Shout", "argument value: string\nresult: string", (text, _) => Acme.Private.Shout.Of(text));

    public static readonly Function<Options, Options> Describe = new(
        "Acme.Describe", $"argument value: Acme.Options\nresult: Acme.Options\nmember Acme.Options.Name: string\nmember Acme.Options.Steps: {StepsType}", (value, _) => value);

    /// <summary>A text of so many characters.</summary>
    public static readonly Function<int, string> Text = new("Acme.Text", "argument value: int\nresult: string", (length, _) => new string('x', length));

    /// <summary>One divided by it.</summary>
    public static readonly Function<double, double> Number = new("Acme.Number", "argument value: double\nresult: double", (value, _) => 1 / value);

    public static readonly Function<int, int> Version = new("Acme.Version", "argument value: int\nresult: int", (_, _) => Build);

    public static readonly Function<int, NoValue> Nothing = new("Acme.Nothing", "argument value: int\nresult: void", (_, _) => default(NoValue));

    /// <summary>Gives it back; host 1 gives one that cannot be.</summary>
    public static readonly Function<Amount, Amount> Owe = new(
        "Acme.Owe", "argument value: Acme.Amount\nresult: Acme.Amount\nmember Acme.Amount.Of: int",
        (amount, invocation) => invocation.Host.HostId == 1 ? amount.Negated() : amount);

    /// <summary>Throws what does not tell anything of itself.</summary>
    public static readonly Function<int, int> Sulk = new("Acme.Sulk", "argument value: int\nresult: int", int (_, _) => throw new SulkyException());

    private static Place DoWhere(string variable, RemoteInvocation invocation)
    {
        HostContext host = invocation.Host;
        return new Place(
            host.SliceName, host.SliceId, host.HostId, host.FenceToken, host.RunId, host.Attempt, Environment.ProcessId, host.Environment.GetValueOrDefault(variable));
    }

    private static async IAsyncEnumerable<int> DoCountAsync(int count, RemoteInvocation invocation)
    {
        for (int i = 0; i != count; i++)
        {
            await Task.Yield();
            yield return i;
        }
    }

    private static int DoReport(int count, RemoteInvocation invocation)
    {
        IProgress<int> progress = invocation.Progress(AcmeJson.Shared.Of<int>());
        for (int i = 1; i <= count; i++)
        {
            progress.Report(i);
        }

        return count;
    }

    private static int DoFail(int hostId, RemoteInvocation invocation)
    {
        if (hostId >= 0 && invocation.Host.HostId != hostId)
        {
            return hostId;
        }

        try
        {
            throw new FormatException("the cause");
        }
        catch (FormatException cause)
        {
            throw new InvalidOperationException("it went wrong", cause);
        }
    }

    private static async Task<int> DoWaitAsync(Patience patience, RemoteInvocation invocation)
    {
        string place = $"{invocation.Host.SliceName}.{invocation.Host.HostId}";
        await File.AppendAllTextAsync(Path.Combine(patience.Folder, $"{patience.Name}@{place}"), $"{Environment.ProcessId}\n", CancellationToken.None);
        string end = Path.Combine(patience.Folder, patience.Name);
        while (!File.Exists(end))
        {
            if (patience.Heeds)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, invocation.Stop);
            }
            else
            {
                Block();
            }
        }

        return invocation.Host.HostId;
    }

    private static async Task<int> DoEndProcessAsync(Exit exit, RemoteInvocation invocation)
    {
        await Task.Yield();
        if (invocation.Host.HostId == exit.HostId)
        {
            if (exit.ExitCode is { } code)
            {
                Environment.Exit(code);
            }

            Environment.FailFast("as it was told");
        }

        return invocation.Host.HostId;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Block()
    {
        using ManualResetEventSlim never = new();
        never.Wait(TimeSpan.FromMilliseconds(5));
    }
}
