namespace Eformer.Pool.Functions;

/// <summary>An argument of a call is missing, or not what the function takes.</summary>
public sealed class RemoteArgumentException : Exception
{
    /// <summary>Makes an error with no details.</summary>
    public RemoteArgumentException() : this("An argument is not what the function takes.") { }

    /// <summary>Makes an error from a message alone.</summary>
    public RemoteArgumentException(string message) : base(message) { }

    /// <summary>Makes an error from a message and its cause.</summary>
    public RemoteArgumentException(string message, Exception innerException) : base(message, innerException) { }
}
