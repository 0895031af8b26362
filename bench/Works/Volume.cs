namespace Eformer.Pool.Bench.Works;

/// <summary>Much output, and what of it must arrive.</summary>
/// <param name="Name">What it is, for people.</param>
/// <param name="Script">What writes it.</param>
internal sealed record Volume(string Name, string Script)
{
    private const string Strings = "for ($i = 0; $i -lt {0}; $i++) {{ 'x' * 1MB }}";
    private const string Integers = "for ($i = 0; $i -lt {0}; $i++) {{ $i }}";

    /// <summary>All that are measured. The smaller ones are there to compare with: memory that is bounded is the same for both.</summary>
    public static IReadOnlyList<Volume> All { get; } =
    [
        new("10 MB from 1 host", Repeat(Strings, 10)) { OneHost = true, Objects = 10 },
        new("100 MB from 1 host", Repeat(Strings, 100)) { OneHost = true, Objects = 100 },
        new("100 MB from each of 8 hosts", Repeat(Strings, 100)) { Objects = 800 },
        new("1 GB from 1 host: cut at its limit", Repeat(Strings, 1000)) { OneHost = true },
        new("100,000 integers from each of 8 hosts", Repeat(Integers, 100_000)) { Objects = 800_000 },
        new("1,000,000 integers from each of 8 hosts", Repeat(Integers, 1_000_000)) { Objects = 8_000_000 },
    ];

    /// <summary>Whether one host writes it, or all of them.</summary>
    public bool OneHost { get; init; }

    /// <summary>How many objects must arrive; null when it is more than a host may send, and is to be cut.</summary>
    public int? Objects { get; init; }

    /// <summary>What to run.</summary>
    public RunRequest Request => new() { Script = Script, SliceIds = OneHost ? [0] : null, HostIds = OneHost ? [0] : null };

    /// <summary>Checks what arrived.</summary>
    /// <param name="objects">How many objects did.</param>
    /// <param name="cut">Whether a host's end told that its output was cut.</param>
    /// <exception cref="InvalidOperationException">It is not what must arrive.</exception>
    public void Check(long objects, bool cut)
    {
        if (Objects is null ? !cut || objects == 0 : cut || objects != Objects)
        {
            throw new InvalidOperationException($"{Name}: {objects} objects arrived, {(cut ? "" : "not ")}cut.");
        }
    }

    private static string Repeat(string loop, int times) => string.Format(System.Globalization.CultureInfo.InvariantCulture, loop, times);
}
