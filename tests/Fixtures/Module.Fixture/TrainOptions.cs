namespace Eformer.Pool.Module.Fixture;

/// <summary>An argument with everything that arguments have.</summary>
public sealed record TrainOptions
{
    public required int Steps { get; init; }

    public string? Name { get; init; }

    public Speed Speed { get; init; }

    public double? Rate { get; init; }

    public IReadOnlyList<Shard> Shards { get; init; } = [];

    public IReadOnlyDictionary<string, int> Limits { get; init; } = new Dictionary<string, int>();

    public int Doubled => Steps * 2;
}
