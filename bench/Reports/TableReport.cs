using System.Globalization;
using Eformer.Pool.Bench.Measuring;

namespace Eformer.Pool.Bench.Reports;

/// <summary>The figures for people.</summary>
internal static class TableReport
{
    /// <summary>Writes them.</summary>
    public static void Write(TextWriter target, MachineFacts machine, IReadOnlyList<Figure> figures)
    {
        target.WriteLine(Text($"{machine.Cores} cores · {machine.Kernel} · {machine.Runtime} · load at the start {machine.Load:0.0}"));
        target.WriteLine($"driver on {machine.Engine} · hosts on {machine.HostEngine} · stores {string.Join(", ", machine.Stores)}");
        target.WriteLine("Times in ms, memory in MiB as its lines say; cpu is that of one, of all processes together; reach is what DESIGN.md section 9 is after; floor is the median of what it is built on.");
        foreach (string peer in machine.Absent)
        {
            target.WriteLine($"Not measured: {peer}");
        }

        target.WriteLine();
        int width = figures.Max(figure => Label(figure).Length);
        target.WriteLine($"{"work".PadRight(width)}       p50       p99       n     cpu   reach   floor");
        foreach (Figure figure in figures)
        {
            target.WriteLine(Text(
                $"{Label(figure).PadRight(width)} {figure.P50,9:0.000} {figure.P99,9:0.000} {figure.N,7} {Optional(figure.Cpu, "0.00"),7} {Optional(figure.Reach, "0.###"),7} {Optional(FloorOf(figure, figures), "0.000"),7}"));
        }
    }

    private static double? FloorOf(Figure figure, IReadOnlyList<Figure> figures) =>
        figures.FirstOrDefault(floor => floor.Name == figure.Floor)?.P50;

    private static string Label(Figure figure) => figure.Unit == Quantity.Ms ? figure.Name : $"{figure.Name}, {figure.Unit}";

    private static string Optional(double? value, string format) => value?.ToString(format, CultureInfo.InvariantCulture) ?? "";

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
