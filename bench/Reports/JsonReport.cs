using System.Text.Json;
using Eformer.Pool.Bench.Measuring;

namespace Eformer.Pool.Bench.Reports;

/// <summary>The figures for programs.</summary>
internal static class JsonReport
{
    private static readonly JsonSerializerOptions s_options = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>Writes them to a file, when one is given.</summary>
    public static void Write(string? file, MachineFacts machine, IReadOnlyList<Figure> figures)
    {
        if (file is not null)
        {
            using FileStream stream = File.Create(file);
            JsonSerializer.Serialize(stream, new { Machine = machine, Figures = figures }, s_options);
        }
    }
}
