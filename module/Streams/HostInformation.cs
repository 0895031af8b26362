using System.Collections;
using System.Management.Automation;

namespace Eformer.Pool.Module.Streams;

/// <summary>Rebuilds information records that were written on a host, host text among them.</summary>
internal static class HostInformation
{
    /// <summary>The record.</summary>
    public static InformationRecord From(object? item, HostAddress host)
    {
        if (item is not PSObject written || written.Properties["MessageData"] is not PSPropertyInfo data)
        {
            return new InformationRecord(item, host.ToString());
        }

        InformationRecord record = new(HostText(data.Value) ?? data.Value, RecordDecoder.Value(written, "Source") as string)
        {
            Computer = host.ToString(),
            TimeGenerated = RecordDecoder.Value(written, "TimeGenerated") is DateTime time ? time.ToLocalTime() : default,
        };
        record.Tags.AddRange(Tags(written));
        return record;
    }

    private static IEnumerable<string> Tags(PSObject written) =>
        RecordDecoder.Value(written, "Tags") is IList tags ? tags.Cast<object>().Select(tag => tag.ToString()!) : [];

    // The engine prints host text with its colours, and once, only from the type that it knows.
    private static HostInformationMessage? HostText(object? data) =>
        data is PSObject text && text.TypeNames.Contains("Deserialized.System.Management.Automation.HostInformationMessage")
            ? new HostInformationMessage
            {
                Message = RecordDecoder.Value(text, "Message") as string ?? text.ToString(),
                NoNewLine = RecordDecoder.Value(text, "NoNewLine") as bool?,
                ForegroundColor = Color(text, "ForegroundColor"),
                BackgroundColor = Color(text, "BackgroundColor"),
            }
            : null;

    // -1 is what the engine writes for 'as it is'.
    private static ConsoleColor? Color(PSObject text, string property) =>
        RecordDecoder.Value(text, property) is int number && Enum.IsDefined((ConsoleColor)number) ? (ConsoleColor)number : null;
}
