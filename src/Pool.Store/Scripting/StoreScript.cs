using System.Reflection;
using System.Text;

namespace Eformer.Pool.RedisStore.Scripting;

/// <summary>The text of one operation's script.</summary>
internal sealed class StoreScript
{
    private const string Include = "--#include ";

    private StoreScript(string name, string text)
    {
        Name = name;
        Text = text;
    }

    /// <summary>Its name, as that of its file.</summary>
    public string Name { get; }

    /// <summary>Its text, with what it includes.</summary>
    public string Text { get; }

    /// <summary>Reads a script from this assembly.</summary>
    public static StoreScript Load(string name)
    {
        StringBuilder text = new();
        foreach (string line in ReadResource(name).Split('\n'))
        {
            text.Append(line.StartsWith(Include, StringComparison.Ordinal) ? ReadResource("_" + line[Include.Length..].Trim()) : line).Append('\n');
        }

        return new StoreScript(name, text.ToString());
    }

    private static string ReadResource(string name)
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name + ".lua")
            ?? throw new InvalidOperationException($"There is no script '{name}'.");
        using StreamReader reader = new(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
