namespace Eformer.Pool.HostWorker.Runners.Inside;

/// <summary>A run cannot start; the message says why.</summary>
internal sealed class RunRefusedException : Exception
{
    public RunRefusedException() : this("The run cannot start.") { }

    public RunRefusedException(string message) : base(message) { }

    public RunRefusedException(string message, Exception innerException) : base(message, innerException) { }
}
