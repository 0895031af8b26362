namespace Acme.Functions;

/// <summary>Where a function ran.</summary>
public sealed record Place(string Slice, int SliceId, int HostId, long Fence, string RunId, int Attempt, int Process, string? Variable);

/// <summary>What to wait for.</summary>
/// <param name="Folder">Where to leave a trace, and to look for the file that ends it.</param>
/// <param name="Name">Name of both.</param>
/// <param name="Heeds">Whether it looks at its token.</param>
public sealed record Patience(string Folder, string Name, bool Heeds);

/// <summary>How to end.</summary>
/// <param name="HostId">The host that it is about.</param>
/// <param name="ExitCode">Exit code of the process; null to fail fast.</param>
public sealed record Exit(int HostId, int? ExitCode);

/// <summary>Something that is not negative; but one can be made that its own constructor would refuse.</summary>
public sealed record Amount
{
    public Amount(int of)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(of);
        Of = of;
    }

    public int Of { get; private init; }

    public Amount Negated() => this with { Of = -Of };
}

/// <summary>Something with members.</summary>
public sealed record Options(string Name)
{
    public required int Steps { get; init; }

    public double Rate { get; init; } = 0.5;

    public Options? Inner { get; init; }

    public IReadOnlyList<string> Tags { get; init; } = [];

    public DayOfWeek? Day { get; init; }
}
