namespace Eformer.Pool.Generators.Emission;

/// <summary>Names the files that are made. The compiler compares such names without case, and takes some characters only.</summary>
internal static class HintNames
{
    /// <summary>The file of the table. With a dash in it: no class's can be alike.</summary>
    public const string Table = "Functions-Table.g.cs";

    /// <summary>The file of a class.</summary>
    /// <param name="fullName">Its name.</param>
    /// <param name="taken">The names that others have; this one is added.</param>
    public static string Of(string fullName, ISet<string> taken)
    {
        string name = string.Concat(fullName.Select(static letter =>
            letter is '.' or '_' || char.IsLetterOrDigit(letter) ? letter.ToString() : $"_x{(int)letter:X4}"));
        return Identifiers.Unique(name, taken, number => $"{name}-{number}") + ".g.cs";
    }

    /// <summary>The file of a cmdlet.</summary>
    public static string OfCmdlet(string cmdlet) => $"Cmdlet-{cmdlet}.g.cs";
}
