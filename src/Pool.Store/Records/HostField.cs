using System.Globalization;
using Eformer.Pool.Store;

namespace Eformer.Pool.RedisStore.Records;

/// <summary>A host's state as stored: <c>letter|epoch|lease|highest accepted epoch|agent</c>.</summary>
internal readonly record struct HostField(HostState State, long Epoch, string LeaseId, long FenceEpoch, string AgentId)
{
    private const int Parts = 5;

    /// <summary>Reads a field.</summary>
    public static bool TryRead(string text, out HostField field)
    {
        field = default;
        string[] parts = text.Split('|');
        if (parts.Length != Parts
            || !TryReadState(parts[0], out HostState state)
            || !TryReadNumber(parts[1], out long epoch)
            || !TryReadNumber(parts[3], out long fence))
        {
            return false;
        }

        field = new HostField(state, epoch, parts[2], fence, parts[4]);
        return true;
    }

    /// <summary>Reads a state's letter.</summary>
    public static bool TryReadState(string letter, out HostState state)
    {
        (bool known, state) = letter switch
        {
            "I" => (true, HostState.Idle),
            "G" => (true, HostState.Granted),
            "H" => (true, HostState.Held),
            "L" => (true, HostState.Lost),
            "R" => (true, HostState.Reclaiming),
            "U" => (true, HostState.Unconfirmed),
            _ => (false, HostState.Idle),
        };
        return known;
    }

    private static bool TryReadNumber(string text, out long number) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
