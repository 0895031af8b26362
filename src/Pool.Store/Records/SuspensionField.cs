using System.Globalization;
using System.Text.Json;
using Eformer.Pool.Store;

namespace Eformer.Pool.RedisStore.Records;

/// <summary>A host's suspension as stored: <c>since|until when holders may stay, or nothing|who and why as JSON</c>.</summary>
internal static class SuspensionField
{
    private const int Parts = 3;

    /// <summary>Who asked, and why.</summary>
    internal sealed record Wish(string By, string Reason);

    /// <summary>The part that the asker gives.</summary>
    public static byte[] Encode(SuspendRequest request) =>
        JsonSerializer.SerializeToUtf8Bytes(new Wish(request.By, request.Reason), StoreJson.Default.Wish);

    /// <summary>Reads a field.</summary>
    public static bool TryRead(string text, long now, out HostSuspension suspension)
    {
        suspension = null!;
        string[] parts = text.Split('|', Parts);
        if (parts.Length != Parts
            || !long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out long since)
            || !TryReadDeadline(parts[1], now, out long? remaining))
        {
            return false;
        }

        try
        {
            Wish? wish = JsonSerializer.Deserialize(parts[2], StoreJson.Default.Wish);
            suspension = new HostSuspension(wish?.By ?? "", wish?.Reason ?? "", since, remaining);
            return wish is not null;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static bool TryReadDeadline(string text, long now, out long? remaining)
    {
        bool isNumber = long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long deadline);
        remaining = isNumber ? deadline - now : null;
        return isNumber || text.Length == 0;
    }
}
