namespace Eformer.Pool;

/// <summary>What a remote function threw on its host.</summary>
public sealed class RemoteException : Exception
{
    /// <summary>Makes an error with no details.</summary>
    public RemoteException() : this("A remote function failed.") { }

    /// <summary>Makes an error from a message alone.</summary>
    public RemoteException(string message) : base(message) { }

    /// <summary>Makes an error from a message and its cause.</summary>
    public RemoteException(string message, Exception innerException) : base(message, innerException) { }

    /// <summary>Makes an error of what a host told.</summary>
    /// <param name="remoteType">Full name of the exception's type there.</param>
    /// <param name="message">Its message.</param>
    /// <param name="remoteStackTrace">Its stack trace there, or null.</param>
    /// <param name="innerException">What it held, or null.</param>
    public RemoteException(string remoteType, string message, string? remoteStackTrace, RemoteException? innerException)
        : base(message, innerException)
    {
        RemoteType = remoteType;
        RemoteStackTrace = remoteStackTrace;
    }

    /// <summary>Full name of the exception's type on the host. The type itself need not exist here.</summary>
    public string RemoteType { get; } = "";

    /// <summary>Its stack trace on the host, or null.</summary>
    public string? RemoteStackTrace { get; }

    /// <inheritdoc/>
    public override string ToString() =>
        $"{RemoteType}: {Message}{(RemoteStackTrace is null ? "" : Environment.NewLine + RemoteStackTrace)}"
        + (InnerException is null ? "" : $"{Environment.NewLine}---> {InnerException}");
}
