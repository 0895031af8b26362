using System.Text.Json;

namespace Eformer.Pool.Functions;

/// <summary>Why arguments cannot be sent, or values not be read.</summary>
internal static class PayloadErrors
{
    /// <summary>An argument cannot be written.</summary>
    public static SlicePoolException Unwritable(string function, string argument, Exception why) => IsTooDeep(why)
        ? new SlicePoolException(
            "PayloadTooDeep",
            PoolErrorCategory.LimitsExceeded,
            $"The argument '{argument}' of '{function}' is nested deeper than {RemoteJson.MaxDepth} levels, or holds itself.",
            "Send something flatter.",
            argument,
            why)
        : new SlicePoolException(
            "PayloadInvalid",
            PoolErrorCategory.InvalidArgument,
            $"The argument '{argument}' of '{function}' cannot be sent: {why.Message.TrimEnd('.')}.",
            "Numbers must be finite, texts Unicode without halves of surrogate pairs, and objects of types that System.Text.Json can write.",
            argument,
            why);

    /// <summary>Reads what came back.</summary>
    /// <exception cref="SlicePoolException"><c>ResultUnreadable</c>, whatever the reading threw.</exception>
    public static T Reading<T>(HostAddress host, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception exception)
        {
            // Constructors, setters and converters of the user's own types may throw anything; it is about what this host gave.
            throw Unreadable(host, exception);
        }
    }

    /// <summary>A value that came back cannot be read.</summary>
    public static SlicePoolException Unreadable(HostAddress host, Exception why) => new(
        "ResultUnreadable",
        PoolErrorCategory.InvalidData,
        $"What host {host} gave is not of the type that was expected: {RemoteFault.Of(why).Message.TrimEnd('.')}.",
        "The host may run another version of the function; let its assembly be shipped, or update the host.",
        host,
        why);

    /// <summary>What came back is not what the function gives, as <paramref name="what"/> says.</summary>
    public static SlicePoolException OfAnother(HostAddress host, string what) => new(
        "ResultUnreadable",
        PoolErrorCategory.InvalidData,
        $"What host {host} gave is not the result of this function: {what}.",
        "See that the run is one of this function: it may be of a script, or of a function that gives nothing or a stream.",
        host);

    /// <summary>A host gave more than is kept.</summary>
    public static SlicePoolException Cut(HostAddress host, AttemptEnd end) => new(
        "OutputTruncated",
        PoolErrorCategory.LimitsExceeded,
        $"What host {host} gave was cut: {end.OutputBytes:N0} bytes came, and {end.OutputLimit:N0} are kept.",
        "Give less, or write it to storage that the caller can reach and give its place.",
        host);

    // The serializer tells of depth and cycles by a JsonException without a path of ours; the writer by an InvalidOperationException.
    private static bool IsTooDeep(Exception why) =>
        why is JsonException or InvalidOperationException && (why.Message.Contains("depth", StringComparison.OrdinalIgnoreCase) || why.Message.Contains("cycle", StringComparison.OrdinalIgnoreCase));
}
