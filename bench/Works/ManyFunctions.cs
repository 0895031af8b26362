namespace Eformer.Pool.Bench.Works;

/// <summary>The source of a project with a thousand remote functions, a file for ten of them.</summary>
internal static class ManyFunctions
{
    private const int Count = 1000;
    private const int PerFile = 10;

    /// <summary>The texts of its files.</summary>
    public static IEnumerable<string> Files => Enumerable.Range(0, Count / PerFile).Select(Class);

    private static string Class(int number) => $$"""
        using System;
        using System.Collections.Generic;
        using System.Threading;
        using System.Threading.Tasks;
        using Eformer.Pool;

        namespace Acme;

        public static partial class Many{{number}}
        {
        {{string.Concat(Enumerable.Range(0, PerFile).Select(index => Function($"{number}_{index}")))}}
        }
        """;

    private static string Function(string name) => $$"""
            /// <summary>How to do it.</summary>
            public sealed record Options{{name}}(int Steps, string? Name, IReadOnlyList<double> Values);

            /// <summary>Does something.</summary>
            /// <param name="options">How.</param>
            [RemoteFunction]
            public static async Task<Options{{name}}> DoAsync{{name}}(Options{{name}} options, int times = 1, IProgress<double>? progress = null, CancellationToken ct = default)
            {
                for (int i = 0; i < options.Steps * times; i++)
                {
                    await Task.Delay(TimeSpan.FromMilliseconds(options.Values.Count), ct);
                    progress?.Report((double)i / options.Steps);
                }

                return options with { Name = options.Name + " done" };
            }

        """;
}
