namespace Eformer.Pool.Store;

/// <summary>What an agent says of how one of its hosts does; sent when it changes.</summary>
/// <param name="Condition">How it does.</param>
/// <param name="Why">The fact behind it, for people; empty when it is ready.</param>
/// <param name="SinceMs">Since when, Unix milliseconds of the agent's clock.</param>
public sealed record HostHealth(HostCondition Condition, string Why, long SinceMs)
{
    /// <summary>Of a host that has said nothing yet.</summary>
    public static HostHealth Unknown { get; } = new(HostCondition.Ready, "", 0);

    /// <summary>The fact behind it, for people, on one line and without control characters; empty when it is ready.</summary>
    /// <remarks>A runner's last words may be in it.</remarks>
    public string Why { get; } = StoreText.OnOneLine(Why ?? "");
}
