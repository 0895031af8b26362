using System.Runtime.CompilerServices;
using Eformer.Pool;

namespace Acme;

/// <summary>Functions of each kind of result.</summary>
public static partial class Shapes
{
    private static int s_calls;

    /// <summary>How often functions were called that give nothing.</summary>
    public static int Calls => s_calls;

    /// <summary>Gives nothing, at once.</summary>
    [RemoteFunction]
    public static void Nothing() => Interlocked.Increment(ref s_calls);

    /// <summary>Gives a value at once.</summary>
    [RemoteFunction(Cmdlet = "Measure-Sum")]
    public static int Sum(int left, int right = 2, bool negate = false) => negate ? -(left + right) : left + right;

    /// <summary>Gives nothing, later.</summary>
    [RemoteFunction]
    public static async Task NothingLaterAsync(CancellationToken ct)
    {
        await Task.Yield();
        ct.ThrowIfCancellationRequested();
        Interlocked.Increment(ref s_calls);
    }

    /// <summary>Gives nothing, perhaps later.</summary>
    [RemoteFunction]
    public static ValueTask NothingPerhapsLaterAsync(CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        Interlocked.Increment(ref s_calls);
        return ValueTask.CompletedTask;
    }

    /// <summary>Gives a value, perhaps later.</summary>
    [RemoteFunction]
    public static ValueTask<string?> EchoAsync(string? text, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        return ValueTask.FromResult(text);
    }

    /// <summary>Gives values one after the other.</summary>
    [RemoteFunction(Cmdlet = "Get-Square")]
    public static async IAsyncEnumerable<long> SquaresAsync(int count, IProgress<int>? progress, [EnumeratorCancellation] CancellationToken ct = default)
    {
        for (int i = 0; i < count; i++)
        {
            await Task.Yield();
            ct.ThrowIfCancellationRequested();
            progress?.Report(i);
            yield return (long)i * i;
        }
    }
}
