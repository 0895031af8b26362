using System.Collections.Immutable;

namespace Acme;

public sealed record Part(string Name);

public static partial class Collections
{
    [RemoteFunction(Cmdlet = "Measure-Collection")]
    public static int Measure(
        IReadOnlyList<string> names, ISet<int> ids, ImmutableArray<double> rates, List<long> counts, string[] words, byte[] bytes, Part[] parts,
        IEnumerable<DayOfWeek>? days = null) => 1;
}
