using System.Management.Automation;
using System.Management.Automation.Remoting;
using System.Management.Automation.Runspaces;
using System.Reflection;
using Eformer.Pool.Functions;
using Eformer.Pool.Module.Runs;

namespace Eformer.Pool.Module.Streams;

/// <summary>Rebuilds error records that were written on a host.</summary>
internal static class HostErrorRecord
{
    // Remoting's own way back from a serialised error record. It alone keeps the id, the category's texts and the script's
    // stack: the public constructors append the command's name to the id and have no place for the rest.
    private static readonly Func<PSObject, ErrorRecord>? s_rebuild = typeof(ErrorRecord)
        .GetMethod("FromPSObjectForRemoting", BindingFlags.NonPublic | BindingFlags.Static, [typeof(PSObject)])
        ?.CreateDelegate<Func<PSObject, ErrorRecord>>();

    /// <summary>The record, with the host on it and in front of its message.</summary>
    public static ErrorRecord From(object? item, HostAddress host)
    {
        ErrorRecord record = item is PSObject { } written && written.Properties["FullyQualifiedErrorId"] is not null
            ? Rebuild(written)
            : Plain(item, "HostError", ErrorCategory.NotSpecified);
        return Named(record, host);
    }

    /// <summary>The record of what a remote function threw.</summary>
    public static ErrorRecord From(RemoteFault fault, HostAddress host) => Named(
        new ErrorRecord(fault.ToException(), "RemoteFunctionFailed", ErrorCategory.InvalidResult, host)
        {
            ErrorDetails = new ErrorDetails(fault.Message)
            {
                RecommendedAction = "The error's exception has the type and the stack trace that it had on the host: RemoteType, RemoteStackTrace.",
            },
        },
        host);

    private static RemotingErrorRecord Named(ErrorRecord record, HostAddress host)
    {
        RemotingErrorRecord named = new(record, new OriginInfo(host.ToString(), Guid.Empty))
        {
            ErrorDetails = new ErrorDetails($"[{host}] {record}") { RecommendedAction = record.ErrorDetails?.RecommendedAction },
        };
        new HostTag(host).Add(PSObject.AsPSObject(named));
        return named;
    }

    private static ErrorRecord Rebuild(PSObject written)
    {
        try
        {
            return s_rebuild?.Invoke(written) ?? Describe(written);
        }
        catch (RuntimeException)
        {
            // Not as complete as remoting wants it; what is there is still worth more than no error.
            return Describe(written);
        }
    }

    private static ErrorRecord Describe(PSObject written)
    {
        ErrorCategory category = RecordDecoder.Value(written, "ErrorCategory_Category") is int number
            ? (ErrorCategory)number
            : ErrorCategory.NotSpecified;
        return Plain(written, RecordDecoder.Value(written, "FullyQualifiedErrorId") as string ?? "HostError", category);
    }

    private static ErrorRecord Plain(object? item, string errorId, ErrorCategory category) =>
        new(new System.Management.Automation.RemoteException(item?.ToString() ?? ""), errorId, category, item);
}
