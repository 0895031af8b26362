using System.Text;

namespace Eformer.Pool.Build;

/// <summary>A module manifest as text. Pure.</summary>
internal sealed class ManifestText
{
    /// <summary>What a manifest begins with that a build wrote, and may write again.</summary>
    public const string Mark = "# Written by the build, and again by the next one. Keep a manifest of this name in the project to have your own.";

    private readonly List<KeyValuePair<string, string>> _entries = [];
    private readonly List<KeyValuePair<string, string>> _gallery = [];

    /// <summary>Adds an entry, or replaces that of the same name.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">Its value, as PowerShell writes it.</param>
    public void Set(string name, string value)
    {
        int known = _entries.FindIndex(entry => string.Equals(entry.Key, name, System.StringComparison.OrdinalIgnoreCase));
        if (known < 0)
        {
            _entries.Add(new(name, value));
        }
        else
        {
            _entries[known] = new(_entries[known].Key, value);
        }
    }

    /// <summary>Adds an entry for galleries, unless there is nothing to say.</summary>
    public void SetForGalleries(string name, string value)
    {
        if (value.Length > 0)
        {
            _gallery.Add(new(name, value));
        }
    }

    /// <summary>The manifest.</summary>
    public override string ToString()
    {
        StringBuilder text = new();
        text.Append(Mark).Append('\n').Append("@{\n");
        Write(text, _entries, "    ");
        if (_gallery.Count > 0 && !_entries.Any(entry => string.Equals(entry.Key, "PrivateData", System.StringComparison.OrdinalIgnoreCase)))
        {
            text.Append("    PrivateData = @{\n        PSData = @{\n");
            Write(text, _gallery, "            ");
            text.Append("        }\n    }\n");
        }

        return text.Append("}\n").ToString();
    }

    /// <summary>A text as PowerShell writes it; nothing in it means anything. Its quotes are all that it takes for one.</summary>
    public static string Quote(string text)
    {
        StringBuilder quoted = new("'");
        foreach (char letter in text)
        {
            quoted.Append(letter is '\'' or '\u2018' or '\u2019' or '\u201A' or '\u201B' ? $"{letter}{letter}" : $"{letter}");
        }

        return quoted.Append('\'').ToString();
    }

    /// <summary>A list of texts.</summary>
    public static string Quote(IEnumerable<string> texts) => $"@({string.Join(", ", texts.Select(Quote))})";

    private static void Write(StringBuilder text, List<KeyValuePair<string, string>> entries, string indent)
    {
        foreach (KeyValuePair<string, string> entry in entries)
        {
            text.Append(indent).Append(entry.Key).Append(" = ").Append(entry.Value).Append('\n');
        }
    }
}
