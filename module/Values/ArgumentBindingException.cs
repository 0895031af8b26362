namespace Eformer.Pool.Module.Values;

/// <summary>A value does not fit the type of an argument; the message names its place.</summary>
internal sealed class ArgumentBindingException : Exception
{
    /// <summary>Makes an error with no details.</summary>
    public ArgumentBindingException() : this("A value does not fit.") { }

    /// <summary>Makes an error from a message alone.</summary>
    public ArgumentBindingException(string message) : base(message) { }

    /// <summary>Makes an error from a message and its cause.</summary>
    public ArgumentBindingException(string message, Exception innerException) : base(message, innerException) { }
}
