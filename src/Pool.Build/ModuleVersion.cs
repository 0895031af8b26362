namespace Eformer.Pool.Build;

/// <summary>A package's version as manifests write it: numbers, and a label apart from them. Pure.</summary>
internal sealed class ModuleVersion
{
    private ModuleVersion(string numbers, string label)
    {
        Numbers = numbers;
        Label = label;
    }

    /// <summary>Two to four numbers.</summary>
    public string Numbers { get; }

    /// <summary>The label of a version before its release, letters and digits only; else empty.</summary>
    public string Label { get; }

    /// <summary>Reads a version such as <c>1.2.3-beta.1+build</c>.</summary>
    /// <exception cref="FormatException">It does not begin with two to four numbers.</exception>
    public static ModuleVersion Parse(string version)
    {
        string[] parts = version.Split('+')[0].Split(['-'], 2);
        string numbers = parts[0].Contains(".") ? parts[0] : parts[0] + ".0";
        return Version.TryParse(numbers, out _)
            ? new ModuleVersion(numbers, parts.Length > 1 ? new string([.. parts[1].Where(IsPlain)]) : "")
            : throw new FormatException($"The version '{version}' is none for a PowerShell module: it must begin with two to four numbers.");
    }

    private static bool IsPlain(char letter) => letter is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9');
}
