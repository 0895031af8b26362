using System.Text;

namespace Eformer.Pool.Module.HostFunctions;

/// <summary>Writes a host's help texts as the comment that help reads. Pure.</summary>
internal static class ProxyHelp
{
    /// <summary>Writes the comment.</summary>
    /// <param name="text">Where to.</param>
    /// <param name="function">The command.</param>
    /// <param name="own">The parameters that only the proxy has, with their texts.</param>
    public static void Write(StringBuilder text, HostFunction function, IEnumerable<(string Name, string Help)> own)
    {
        text.Append("    <#\n    .SYNOPSIS\n");
        Write(text, function.Synopsis.Length > 0 ? function.Synopsis : $"Runs {function.Name} on the hosts of a pool.");
        foreach ((string name, string help) in function.Parameters.Select(parameter => (parameter.Name, parameter.Help)).Concat(own).Where(entry => entry.Item2.Length > 0))
        {
            text.Append("    .PARAMETER ").Append(name).Append('\n');
            Write(text, help);
        }

        text.Append("    #>\n");
    }

    private static void Write(StringBuilder text, string lines)
    {
        foreach (string line in lines.Split(['\n', '\r', '\u0085', '\u2028', '\u2029'], StringSplitOptions.RemoveEmptyEntries))
        {
            text.Append("    ").Append(Harmless(line)).Append('\n');
        }
    }

    // No end of the comment, and no directive: some of those make help load a file.
    private static string Harmless(string line)
    {
        string plain = string.Concat(line.Where(letter => !char.IsControl(letter) || letter == '\t')).Trim().Replace("#>", "# >", StringComparison.Ordinal);
        return plain.StartsWith('.') ? $"\u00B7 {plain}" : plain;
    }
}
