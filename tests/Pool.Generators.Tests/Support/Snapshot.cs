using System.Text;

namespace Eformer.Pool.Generators.Tests.Support;

/// <summary>Compares what was made with what the repository says should be. With <c>EFORMER_UPDATE_SNAPSHOTS=1</c> it writes that instead.</summary>
internal static class Snapshot
{
    private static readonly bool s_updates = Environment.GetEnvironmentVariable("EFORMER_UPDATE_SNAPSHOTS") == "1";
    private static readonly string s_version = typeof(RemoteFunctionGenerator).Assembly.GetName().Version!.ToString(3);

    /// <summary>Compares files with those of a folder.</summary>
    public static void Verify(string folder, IReadOnlyDictionary<string, string> files)
    {
        Dictionary<string, string> actual = files.ToDictionary(
            static file => file.Key, static file => file.Value.Replace($"\"{s_version}\")]", "\"VERSION\")]", StringComparison.Ordinal), StringComparer.Ordinal);
        if (s_updates)
        {
            Write(folder, actual);
        }

        Dictionary<string, string> expected = Directory.EnumerateFiles(folder, "*.g.cs")
            .ToDictionary(static path => Path.GetFileName(path), static path => File.ReadAllText(path).Replace("\r\n", "\n", StringComparison.Ordinal), StringComparer.Ordinal);
        string difference = Compare(expected, actual);
        Assert.True(difference.Length == 0, $"What is made differs from {folder}; set EFORMER_UPDATE_SNAPSHOTS=1 to take it.\n{difference}");
    }

    /// <summary>The lines that differ, marked as a diff marks them; empty when none does.</summary>
    public static string Compare(IReadOnlyDictionary<string, string> expected, IReadOnlyDictionary<string, string> actual)
    {
        StringBuilder text = new();
        foreach (string name in expected.Keys.Union(actual.Keys).Order(StringComparer.Ordinal))
        {
            string[] before = expected.GetValueOrDefault(name, "").Split('\n');
            string[] after = actual.GetValueOrDefault(name, "").Split('\n');
            if (!before.AsSpan().SequenceEqual(after))
            {
                text.Append("--- ").Append(name).Append('\n').Append(LineDiff.Of(before, after));
            }
        }

        return text.ToString();
    }

    private static void Write(string folder, IReadOnlyDictionary<string, string> files)
    {
        foreach (string old in Directory.EnumerateFiles(folder, "*.g.cs"))
        {
            File.Delete(old);
        }

        foreach ((string name, string text) in files)
        {
            File.WriteAllText(Path.Combine(folder, name), text);
        }
    }
}
