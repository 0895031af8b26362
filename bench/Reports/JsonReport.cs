using System.Text.Json;
using Eformer.Pool.Bench.Measuring;

namespace Eformer.Pool.Bench.Reports;

/// <summary>The figures for programs.</summary>
internal static class JsonReport
{
    private static readonly JsonSerializerOptions s_options = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>Writes them to a file, when one is given.</summary>
    public static async Task WriteAsync(string? file, MachineFacts machine, IReadOnlyList<Figure> figures)
    {
        if (file is not null)
        {
            await using FileStream stream = File.Create(file);
            await JsonSerializer.SerializeAsync(stream, new { Machine = machine, Unit = "ms", Figures = figures }, s_options);
        }
    }
}
