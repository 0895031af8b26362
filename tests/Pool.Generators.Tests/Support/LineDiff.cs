using System.Text;

namespace Eformer.Pool.Generators.Tests.Support;

/// <summary>Tells how two texts differ, line by line.</summary>
internal static class LineDiff
{
    /// <summary>The lines that only one has, with the number of the line in it.</summary>
    public static string Of(string[] before, string[] after)
    {
        int[,] common = new int[before.Length + 1, after.Length + 1];
        for (int i = before.Length - 1; i >= 0; i--)
        {
            for (int j = after.Length - 1; j >= 0; j--)
            {
                common[i, j] = before[i] == after[j] ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);
            }
        }

        return Walk(before, after, common);
    }

    private static string Walk(string[] before, string[] after, int[,] common)
    {
        StringBuilder text = new();
        int i = 0;
        int j = 0;
        while (i < before.Length || j < after.Length)
        {
            if (i < before.Length && j < after.Length && before[i] == after[j])
            {
                i++;
                j++;
            }
            else if (j == after.Length || (i < before.Length && common[i + 1, j] >= common[i, j + 1]))
            {
                text.Append($"-{i + 1}: {before[i++]}\n");
            }
            else
            {
                text.Append($"+{j + 1}: {after[j++]}\n");
            }
        }

        return text.ToString();
    }
}
