using System.Diagnostics;
using System.Globalization;

namespace Eformer.Pool.Samples;

/// <summary>Scales a pool of processes up and down, loses one, and lets all go.</summary>
public static class Demonstration
{
    /// <summary>Runs it and prints a table of what the pool holds after each step.</summary>
    /// <param name="output">Where the table goes.</param>
    /// <param name="cancellationToken">Ends it early; nothing is left running then either.</param>
    public static async Task RunAsync(TextWriter output, CancellationToken cancellationToken = default)
    {
        await using ProcessPoolManager pool = new("sleep", "600");
        await output.WriteLineAsync($"{"step",-24}{"count",5}  processes");

        await pool.ScaleActorPoolAsync(2, cancellationToken);
        await PrintAsync(output, "scaled to 2", pool);
        await pool.ScaleActorPoolAsync(4, cancellationToken);
        await PrintAsync(output, "scaled to 4", pool);

        await KillFirstAsync(pool, cancellationToken);
        await PrintAsync(output, "one was killed", pool);
        await pool.ScaleActorPoolAsync(4, cancellationToken);
        await PrintAsync(output, "scaled to 4, replaced", pool);

        await pool.ScaleActorPoolAsync(1, cancellationToken);
        await PrintAsync(output, "scaled to 1", pool);
        await pool.DrainActorPoolAsync(cancellationToken);
        await PrintAsync(output, "drained", pool);
    }

    // What an accident would do: the pool is not told.
    private static async Task KillFirstAsync(ProcessPoolManager pool, CancellationToken cancellationToken)
    {
        using Process victim = Process.GetProcessById(pool.GetAllPoolMembers()[0].ActorInfo.ProcessId);
        victim.Kill();
        await victim.WaitForExitAsync(cancellationToken);
    }

    private static Task PrintAsync(TextWriter output, string step, ProcessPoolManager pool)
    {
        IReadOnlyList<ActorPoolMember<ProcessInfo>> members = pool.GetAllPoolMembers();
        string processes = string.Join("  ", members.Select(member => member.Actor.Name));
        return output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{step,-24}{members.Count,5}  {processes}").TrimEnd());
    }
}
