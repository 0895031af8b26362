namespace Eformer.Pool.Topology;

/// <summary>How far apart two short texts are.</summary>
internal static class EditDistance
{
    /// <summary>Characters to insert, remove or replace to make one of the other (Levenshtein), ignoring case.</summary>
    public static int Between(string one, string other)
    {
        int[] previous = [.. Enumerable.Range(0, other.Length + 1)];
        foreach ((int row, char letter) in one.Index())
        {
            int[] current = [row + 1, .. new int[other.Length]];
            for (int column = 0; column < other.Length; column++)
            {
                int replaced = previous[column] + (char.ToUpperInvariant(letter) == char.ToUpperInvariant(other[column]) ? 0 : 1);
                current[column + 1] = Math.Min(replaced, Math.Min(previous[column + 1], current[column]) + 1);
            }

            previous = current;
        }

        return previous[^1];
    }
}
