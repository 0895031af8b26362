using System.Globalization;

namespace Eformer.Pool.Bench.Measuring;

/// <summary>A process as the kernel's table has it. Linux only.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Parent">Its parent's.</param>
/// <param name="Ticks">Processor time it has used, in the units that the kernel counts in.</param>
internal sealed record ProcessEntry(int Id, int Parent, long Ticks)
{
    /// <summary>All that run now.</summary>
    public static IReadOnlyList<ProcessEntry> ReadAll() =>
    [
        .. Directory.EnumerateDirectories("/proc")
            .Select(static folder => int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out int id) ? Read(id) : null)
            .OfType<ProcessEntry>(),
    ];

    /// <summary>One; null when it has ended.</summary>
    public static ProcessEntry? Read(int id)
    {
        try
        {
            string text = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{id}/stat"));
            // The name, in brackets, may hold anything; after it come state, parent, and at 11 and 12 the times.
            string[] fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
            return new ProcessEntry(id, (int)Number(fields[1]), Number(fields[11]) + Number(fields[12]));
        }
        catch (IOException)
        {
            // It has ended meanwhile.
            return null;
        }
    }

    private static long Number(string text) => long.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);
}
