namespace Eformer.Pool.Generators.Tests.Support;

/// <summary>Functions that any test can start from.</summary>
internal static class Sample
{
    /// <summary>Two classes, one with a cmdlet.</summary>
    public const string Functions = """
        namespace Acme;

        public sealed record Options(int Steps, Mode Mode);

        public enum Mode { Slow, Fast }

        public static partial class Training
        {
            /// <summary>Trains.</summary>
            [RemoteFunction(Cmdlet = "Invoke-Training")]
            public static Task<int> TrainAsync(Options options, IProgress<double> progress, CancellationToken ct) => Task.FromResult(1);

            [RemoteFunction]
            public static int Add(int left, int right) => left + right;
        }

        public static partial class Other
        {
            [RemoteFunction]
            public static void Nothing() { }
        }
        """;

    /// <summary>What has nothing to do with them.</summary>
    public const string Unrelated = "namespace Acme { internal static class Unrelated { public static int Value => 1; } }";

    /// <summary>Many functions, 10 in a class, each with a type of its own.</summary>
    public static string Many(int count) => "namespace Acme;\n" + string.Concat(Enumerable.Range(0, count / 10).Select(static number =>
        $"public static partial class Many{number}\n{{\n{string.Concat(Enumerable.Range(0, 10).Select(index => One($"{number}_{index}")))}}}\n"));

    private static string One(string name) => $$"""
            public sealed record Options{{name}}(int Steps, string? Name, IReadOnlyList<double> Values);

            /// <summary>Does something.</summary>
            /// <param name="options">How.</param>
            [RemoteFunction(Cmdlet = "Invoke-Many{{name.Replace("_", "x", StringComparison.Ordinal)}}")]
            public static Task<Options{{name}}> DoAsync{{name}}(Options{{name}} options, int times = 1, IProgress<double>? progress = null, CancellationToken ct = default) =>
                Task.FromResult(options);

        """;
}
