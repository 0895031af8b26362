using System.Diagnostics;

namespace Eformer.Pool.Module.Tests.Engines;

/// <summary>Waits for conditions.</summary>
internal static class Wait
{
    /// <summary>Looks again and again until a condition is met or the time is over.</summary>
    public static bool Until(Func<bool> condition, TimeSpan limit)
    {
        Stopwatch watch = Stopwatch.StartNew();
        using ManualResetEventSlim never = new();
        while (!condition())
        {
            if (watch.Elapsed > limit)
            {
                return false;
            }

            never.Wait(TimeSpan.FromMilliseconds(20));
        }

        return true;
    }
}
