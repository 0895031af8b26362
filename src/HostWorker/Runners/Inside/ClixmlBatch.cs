using System.Buffers;
using System.Globalization;
using System.Management.Automation;
using System.Xml;
using Eformer.Pool.HostWorker.Runners.Protocol;

namespace Eformer.Pool.HostWorker.Runners.Inside;

/// <summary>Writes many objects as one CLIXML document: what the body of a record frame holds.</summary>
/// <remarks>
/// The document is one list (<c>Obj/LST</c>) of 1..n objects, so that <c>PSSerializer.Deserialize</c> gives one list
/// whatever is in it. Its elements are, by kind:
/// output: what the script wrote; error: the ErrorRecord; warning, verbose, debug: the message, a string;
/// information: the InformationRecord, with its Tags; progress: the ProgressRecord.
/// Each object is turned into text when it is written, on the pipeline's thread, as PowerShell remoting does: a later
/// change by the script is not seen, and script properties find their runspace.
/// </remarks>
internal static class ClixmlBatch
{
    /// <summary>How many levels of properties are kept where nobody asks for more or less.</summary>
    public const int Depth = 2;

    // The engine opens 48 objects inside each other, and one of them is the list around all.
    private const int MaxNesting = 47;

    // Characters take up to three bytes, and a frame 64 MiB.
    private const int MaxObject = 20 * 1024 * 1024;

    private const string Head =
        "<Objs Version=\"1.1.0.1\" xmlns=\"http://schemas.microsoft.com/powershell/2004/04\"><Obj RefId=\"0\"><TN RefId=\"0\">"
        + "<T>System.Object[]</T><T>System.Array</T><T>System.Object</T></TN><LST>";

    private const string Tail = "</LST></Obj></Objs>";

    // What needs no escaping of any kind. The underscore starts CLIXML's own escapes.
    private static readonly SearchValues<char> s_plain = SearchValues.Create(
        " !\"#$%'()*+,-./0123456789:;=?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^`abcdefghijklmnopqrstuvwxyz{|}~");

    /// <summary>Starts a document.</summary>
    public static void Begin(FrameBuffer target) => target.Write(Head);

    /// <summary>Ends a document.</summary>
    public static void End(FrameBuffer target) => target.Write(Tail);

    /// <summary>The short way for the simplest values; the text is what the engine's serializer would write.</summary>
    public static string? TryWritePrimitive(object? value) => value switch
    {
        null => "<Nil />",
        int number => string.Create(CultureInfo.InvariantCulture, $"<I32>{number}</I32>"),
        long number => string.Create(CultureInfo.InvariantCulture, $"<I64>{number}</I64>"),
        double number => $"<Db>{XmlConvert.ToString(number)}</Db>",
        bool truth => truth ? "<B>true</B>" : "<B>false</B>",
        string text when IsPlain(text) => $"<S>{text}</S>",
        _ => null,
    };

    /// <summary>A document of one object, as the engine's serializer writes it.</summary>
    /// <param name="value">The object.</param>
    /// <param name="depth">How many levels of properties are kept.</param>
    /// <exception cref="SlicePoolException">
    /// <c>PayloadTooLarge</c>, <c>NestedTooDeep</c> when nobody could open it again, or <c>SerializationFailed</c> when the
    /// object itself objects.
    /// </exception>
    public static string Serialize(object? value, int depth = Depth)
    {
        string document;
        try
        {
            document = PSSerializer.Serialize(value, depth);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            throw new SlicePoolException(
                "SerializationFailed",
                PoolErrorCategory.InvalidData,
                $"An object of type {value?.GetType()} could not be sent: {Sendable(e.Message)}",
                "Send the values that are needed instead of the object.");
        }

        if (ClixmlNesting.Exceeds(document, MaxNesting))
        {
            throw new SlicePoolException(
                "NestedTooDeep",
                PoolErrorCategory.LimitsExceeded,
                $"An object of type {value?.GetType()} holds others inside each other more than {MaxNesting} levels deep, and cannot be sent.",
                "Send a list instead of objects that hold each other, or fewer levels with -Depth.");
        }

        return document.Length <= MaxObject ? document : throw new SlicePoolException(
            "PayloadTooLarge",
            PoolErrorCategory.LimitsExceeded,
            $"An object takes {document.Length} characters; more than {MaxObject} cannot be sent.",
            "Send it in parts, or write it to storage that the caller can reach and send its place.");
    }

    /// <summary>The text with those characters replaced that the engine does not escape and XML cannot hold.</summary>
    public static string Sendable(string text) => text.Replace('\uFFFE', '\uFFFD').Replace('\uFFFF', '\uFFFD');

    private static bool IsPlain(string text) =>
        text.Length > 0 && text[0] != ' ' && !text.AsSpan().ContainsAnyExcept(s_plain);
}
