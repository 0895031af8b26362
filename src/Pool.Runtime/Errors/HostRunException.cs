namespace Eformer.Pool;

/// <summary>A run did not succeed on one host.</summary>
public sealed class HostRunException : SlicePoolException
{
    /// <summary>Makes the error with no details. Prefer the constructor with an end.</summary>
    public HostRunException() : this("The run did not succeed on a host.") { }

    /// <summary>Makes the error from a message alone.</summary>
    public HostRunException(string message) : base(message) { }

    /// <summary>Makes the error from a message and its cause.</summary>
    public HostRunException(string message, Exception innerException) : base(message, innerException) { }

    /// <summary>Makes the error of an attempt.</summary>
    /// <param name="host">Where it ran, or was to run.</param>
    /// <param name="end">How it ended; anything but <see cref="RunOutcome.Succeeded"/>.</param>
    /// <param name="innerException">What user code threw there, or null.</param>
    public HostRunException(HostAddress host, AttemptEnd end, Exception? innerException = null) : this(host, end, HostFailure.Of(end), innerException) { }

    private HostRunException(HostAddress host, AttemptEnd end, HostFailure failure, Exception? innerException)
        : base(failure.ErrorId, failure.Category, $"Host {host}: {failure.Tell(end.Evidence)}.", failure.Advice, host, innerException)
    {
        Host = host;
        Outcome = end.Outcome;
        ExitCode = end.ExitCode;
        Evidence = end.Evidence;
    }

    /// <summary>Where it ran, or was to run; null when the error was made from a message.</summary>
    public HostAddress? Host { get; }

    /// <summary>How it ended.</summary>
    public RunOutcome Outcome { get; } = RunOutcome.Unknown;

    /// <summary>Exit code of the script or its runner, or null.</summary>
    public int? ExitCode { get; }

    /// <summary>The fact that decided the outcome.</summary>
    public string Evidence { get; } = "";
}
