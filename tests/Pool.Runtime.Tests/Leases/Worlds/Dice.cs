namespace Eformer.Pool.Tests.Leases.Worlds;

/// <summary>How likely things go wrong in a simulation, in a thousand.</summary>
internal sealed record Dice
{
    /// <summary>Nothing goes wrong.</summary>
    public static Dice Fair { get; } = new();

    /// <summary>Everything may go wrong.</summary>
    public static Dice Foul { get; } = new() { Message = 120, Cut = 10, Agent = 6, StoreLoss = 8, Driver = 8, Skew = 20 };

    /// <summary>Nothing but that the store loses data, and not all the time.</summary>
    public static Dice Forgetful { get; } = new() { StoreLoss = 20, LossPauseMs = Timing.TtlMs };

    /// <summary>A message is lost, or arrives late, or its answer does.</summary>
    public int Message { get; init; }

    /// <summary>A host or driver loses its way to the store, in a round.</summary>
    public int Cut { get; init; }

    /// <summary>An agent dies or is stopped, in a round.</summary>
    public int Agent { get; init; }

    /// <summary>The store loses data, in a round.</summary>
    public int StoreLoss { get; init; }

    /// <summary>Milliseconds between two losses at least.</summary>
    public int LossPauseMs { get; init; }

    /// <summary>A driver dies or gives its slice back, in a round.</summary>
    public int Driver { get; init; }

    /// <summary>How much faster or slower than the store's a clock may run, in a hundred.</summary>
    public int Skew { get; init; }
}
