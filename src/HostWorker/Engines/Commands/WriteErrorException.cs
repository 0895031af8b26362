namespace Eformer.Pool.HostWorker.Engines.Commands;

/// <summary>The exception of an error that a script wrote as text.</summary>
public sealed class WriteErrorException : SystemException
{
    /// <summary>Makes the exception of an error without a text.</summary>
    public WriteErrorException() : this("An error was written without a message.") { }

    /// <summary>Makes the exception of a text.</summary>
    public WriteErrorException(string message) : base(message) { }

    /// <summary>Makes the exception of a text and a cause.</summary>
    public WriteErrorException(string message, Exception innerException) : base(message, innerException) { }
}
