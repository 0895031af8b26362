using System.Globalization;
using System.Text.Json;
using Eformer.Pool.Store;

namespace Eformer.Pool.RedisStore.Records;

/// <summary>A pool's demand as stored: <c>since|owner|what it asks for as JSON</c>.</summary>
internal static class DemandField
{
    private const int Parts = 3;

    /// <summary>Reads a field.</summary>
    public static bool TryRead(string text, out DemandRecord demand)
    {
        demand = null!;
        string[] parts = text.Split('|', Parts);
        if (parts.Length != Parts || !long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out long since))
        {
            return false;
        }

        try
        {
            DemandRecord? read = JsonSerializer.Deserialize(parts[2], StoreJson.Default.DemandRecord);
            demand = read! with { SinceMs = since };
            return read is not null;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
