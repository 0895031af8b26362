using System.Globalization;

namespace Eformer.Pool.RedisStore.Records;

/// <summary>A pool as stored: <c>owner|created|who that is</c>.</summary>
internal readonly record struct PoolField(string OwnerId, long CreatedMs, string Owner)
{
    private const int Parts = 3;

    /// <summary>Reads a field.</summary>
    public static bool TryRead(string text, out PoolField field)
    {
        field = default;
        string[] parts = text.Split('|', Parts);
        if (parts.Length != Parts || !long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out long created))
        {
            return false;
        }

        field = new PoolField(parts[0], created, parts[2]);
        return true;
    }
}
