namespace Eformer.Pool.Generators.Contracts;

/// <summary>Compares a function's contract in the code with that in the file.</summary>
internal static class ContractDrift
{
    /// <summary>What differs, a sentence for each line; empty when nothing does. The order of lines means nothing.</summary>
    public static IReadOnlyList<string> Of(IReadOnlyList<string> code, IReadOnlyList<string> file)
    {
        Dictionary<string, string> ours = Index(code);
        Dictionary<string, string> theirs = Index(file);
        return
        [
            .. ours.Where(line => !theirs.ContainsKey(line.Key)).Select(static line => $"{line.Key} is not in the file"),
            .. ours.Where(line => theirs.TryGetValue(line.Key, out string? type) && type != line.Value)
                .Select(line => $"{line.Key} is '{line.Value}' in the code and '{theirs[line.Key]}' in the file"),
            .. theirs.Where(line => !ours.ContainsKey(line.Key)).Select(static line => $"{line.Key} is not in the code"),
        ];
    }

    private static Dictionary<string, string> Index(IReadOnlyList<string> lines)
    {
        Dictionary<string, string> index = new(StringComparer.Ordinal);
        foreach (string line in lines)
        {
            int colon = line.IndexOf(": ", StringComparison.Ordinal);
            index[colon < 0 ? line : line.Substring(0, colon)] = colon < 0 ? "" : line.Substring(colon + 2);
        }

        return index;
    }
}
