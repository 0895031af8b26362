using Eformer.Pool.Samples;

await Demonstration.RunAsync(Console.Out);
