using System.Diagnostics.CodeAnalysis;

namespace Eformer.Pool.Bench;

/// <summary>How to measure.</summary>
internal sealed record BenchOptions
{
    /// <summary>Exit code of a command line that cannot be carried out.</summary>
    public const int Usage = 2;

    /// <summary>Fewer samples, in less than 20 seconds.</summary>
    public bool Quick { get; init; }

    /// <summary>File for the figures; null for none.</summary>
    public string? JsonFile { get; init; }

    /// <summary>Measures only works whose name contains this; null for all.</summary>
    public string? Only { get; init; }

    /// <summary>How often each work is come back to: a noisy moment then spoils a part of its samples only.</summary>
    public int Rounds => Quick ? 1 : 3;

    /// <summary>How long a work is done before it is measured, so that what is hot has been compiled for good.</summary>
    public TimeSpan WarmUp => TimeSpan.FromSeconds(Quick ? 0.3 : 1.5);

    /// <summary>How often a work is done before it is measured, if that takes no longer than <see cref="LongestWarmUp"/>.</summary>
    /// <remarks>The runtime still compiled after a thousand no-op runs, in the driver above all, and took a third of their time with it.</remarks>
    public int WarmUpCount => Quick ? 50 : 2000;

    /// <summary>How long a work is done before it is measured, at most.</summary>
    public TimeSpan LongestWarmUp => TimeSpan.FromSeconds(Quick ? 0.8 : 12);

    /// <summary>How long a work is measured in each round.</summary>
    public TimeSpan Budget => TimeSpan.FromSeconds(Quick ? 0.4 : 1);

    /// <summary>How many cold starts are measured.</summary>
    public int ColdStarts => Quick ? 2 : 5;

    /// <summary>How many slices are placed: the largest published multislice job has 199.</summary>
    public int Slices => Quick ? 20 : 199;

    /// <summary>How often a peer does what takes it milliseconds.</summary>
    public int PeerCalls => Quick ? 10 : 100;

    /// <summary>How often a peer sends many objects.</summary>
    public int PeerStreams => Quick ? 3 : 10;

    /// <summary>How often each large volume is sent.</summary>
    public int Volumes => Quick ? 1 : 2;

    /// <summary>How often a project with many remote functions is compiled.</summary>
    public int GeneratorRuns => Quick ? 2 : 7;

    /// <summary>How often a function is called on all hosts of a large fleet.</summary>
    public int FleetCalls => Quick ? 3 : 20;

    /// <summary>How often they are placed.</summary>
    public int Placements => Quick ? 2 : 7;

    /// <summary>How often what leases cost the store is measured, and over how many renewals each time.</summary>
    public (int Repetitions, int Renewals) LeaseCosts => Quick ? (1, 100) : (3, 200);

    /// <summary>Reads a command line.</summary>
    public static bool TryParse(string[] args, [NotNullWhen(true)] out BenchOptions? options)
    {
        options = new BenchOptions();
        for (int i = 0; i < args.Length && options is not null; i++)
        {
            options = args[i] switch
            {
                "--quick" => options with { Quick = true },
                "--json" when i + 1 < args.Length => options with { JsonFile = args[++i] },
                "--only" when i + 1 < args.Length => options with { Only = args[++i] },
                _ => null,
            };
        }

        return options is not null;
    }

    /// <summary>Says what can be given.</summary>
    public static int Complain()
    {
        Console.Error.WriteLine("usage: bench [--quick] [--json <file>] [--only <part of a name>]");
        return Usage;
    }
}
