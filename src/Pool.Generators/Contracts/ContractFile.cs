namespace Eformer.Pool.Generators.Contracts;

/// <summary>Reads a contract file. Blank lines, comments and indentation mean nothing.</summary>
internal static class ContractFile
{
    /// <summary>The functions in it. Lines before the first are passed over.</summary>
    public static IReadOnlyList<ContractEntry> Parse(IEnumerable<string> lines)
    {
        List<ContractEntry> entries = [];
        List<string> current = [];
        int number = 0;
        foreach (string line in lines.Select(static line => line.Trim()))
        {
            if (line.StartsWith(ContractText.Function, StringComparison.Ordinal))
            {
                current = [];
                entries.Add(new ContractEntry(line.Substring(ContractText.Function.Length).Trim(), number, current));
            }
            else if (line.Length > 0 && !line.StartsWith(ContractText.Comment, StringComparison.Ordinal))
            {
                current.Add(line);
            }

            number++;
        }

        return entries;
    }
}
