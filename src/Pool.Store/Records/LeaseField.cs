using System.Globalization;
using System.Text.Json;
using Eformer.Pool.Store;

namespace Eformer.Pool.RedisStore.Records;

/// <summary>A lease as stored: <c>epoch|generation|ttl|owner|pool|host,host,…|what was asked for as JSON</c>.</summary>
internal readonly record struct LeaseField(long Epoch, string Generation, LeaseGrant Grant)
{
    private const int Parts = 7;

    /// <summary>Reads a field.</summary>
    public static bool TryRead(string text, out LeaseField field)
    {
        field = default;
        string[] parts = text.Split('|', Parts);
        if (parts.Length != Parts
            || !long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out long epoch)
            || !TryReadGrant(parts[6], out LeaseGrant? grant))
        {
            return false;
        }

        field = new LeaseField(epoch, parts[1], grant);
        return true;
    }

    private static bool TryReadGrant(string json, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out LeaseGrant? grant)
    {
        try
        {
            grant = JsonSerializer.Deserialize(json, StoreJson.Default.LeaseGrant);
            return grant is not null;
        }
        catch (JsonException)
        {
            grant = null;
            return false;
        }
    }
}
