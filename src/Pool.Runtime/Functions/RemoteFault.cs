using System.Text.Json;

namespace Eformer.Pool.Functions;

/// <summary>An exception on its way from a host.</summary>
public sealed record RemoteFault
{
    // Deep enough for what frameworks wrap, and far from what would not fit into a record.
    private const int MaxInner = 8;
    private const int MaxText = 16 * 1024;

    /// <summary>Full name of its type.</summary>
    public required string Type { get; init; }

    /// <summary>Its message.</summary>
    public required string Message { get; init; }

    /// <summary>Its stack trace, or null.</summary>
    public string? StackTrace { get; init; }

    /// <summary>What it held, or null.</summary>
    public RemoteFault? Inner { get; init; }

    /// <summary>What to send of an exception.</summary>
    public static RemoteFault Of(Exception exception) => Of(exception, MaxInner);

    /// <summary>The bytes of a fault.</summary>
    public byte[] Write() => JsonSerializer.SerializeToUtf8Bytes(this, RemoteFaultContext.Default.RemoteFault);

    /// <summary>Reads a fault.</summary>
    /// <returns>Null for anything else.</returns>
    public static RemoteFault? TryRead(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return JsonSerializer.Deserialize(bytes, RemoteFaultContext.Default.RemoteFault);
        }
        catch (JsonException)
        {
            // A host signed it; what it means then only its outcome can tell.
            return null;
        }
    }

    /// <summary>The exception that callers get.</summary>
    public RemoteException ToException() => new(Type, Message, StackTrace, Inner?.ToException());

    private static RemoteFault Of(Exception exception, int inner) => new()
    {
        Type = exception.GetType().FullName ?? exception.GetType().Name,
        Message = Told("message", () => exception.Message) ?? "",
        StackTrace = Told("stack trace", () => exception.StackTrace),
        Inner = exception.InnerException is { } cause && inner > 0 ? Of(cause, inner - 1) : null,
    };

    // Users write both, and what they wrote may fail like anything else.
    private static string? Told(string what, Func<string?> tell)
    {
        try
        {
            return tell() is { } text ? Cut(text) : null;
        }
        catch (Exception problem)
        {
            return $"(its {what} cannot be read: {problem.GetType().FullName})";
        }
    }

    private static string Cut(string text) => text.Length <= MaxText ? text : text[..MaxText] + "…";
}
