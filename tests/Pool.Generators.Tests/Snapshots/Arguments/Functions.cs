namespace Acme;

public enum Mode : short
{
    Less = -1,
    More = 1,
}

public sealed record Part(Part? Next, IReadOnlyDictionary<Mode, Part[]> Parts, byte[] Bytes, DateOnly Day = default);

public static partial class Arguments
{
    [RemoteFunction]
    public static void Defaults(
        string text = "a\"\\\n", char letter = '\'', byte small = 1, double half = 0.5, double never = double.NaN, float minus = -1.5f,
        decimal money = 1.10m, long least = long.MinValue, ulong most = ulong.MaxValue, Mode mode = Mode.Less, Mode? maybe = Mode.More,
        int? none = null, string? nothing = null, Guid id = default, string lie = null!)
    {
    }

    [RemoteFunction]
    public static void Composite(Part part, List<Part?>? parts, HashSet<int> numbers, Nullable<Mode> mode)
    {
    }

#nullable disable
    [RemoteFunction]
    public static string Oblivious(string text, string other = null) => text + other;
#nullable restore
}
