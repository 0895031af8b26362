namespace Eformer.Pool.Module.Runs;

/// <summary>Splits input over hosts. Pure.</summary>
internal static class InputBlocks
{
    /// <summary>Contiguous blocks of nearly equal length, in order; the first ones get what does not divide. Some are empty when there is less input than hosts.</summary>
    public static IReadOnlyList<T[]> Split<T>(IReadOnlyList<T> items, int hosts)
    {
        (int length, int longer) = Math.DivRem(items.Count, hosts);
        T[][] blocks = new T[hosts][];
        int next = 0;
        for (int host = 0; host < hosts; host++)
        {
            int take = host < longer ? length + 1 : length;
            blocks[host] = [.. items.Skip(next).Take(take)];
            next += take;
        }

        return blocks;
    }
}
