namespace Eformer.Pool.HostWorker.Runners.Protocol;

/// <summary>The other side sent something that is no frame of this protocol. The connection cannot go on.</summary>
internal sealed class ProtocolException : Exception
{
    public ProtocolException() : this("The runner protocol was violated.") { }

    public ProtocolException(string message) : base(message) { }

    public ProtocolException(string message, Exception innerException) : base(message, innerException) { }
}
