namespace Eformer.Pool;

/// <summary>What one host made of a remote function.</summary>
/// <typeparam name="T">The function's result.</typeparam>
public sealed class HostResult<T>
{
    private readonly T? _value;
    private readonly AttemptEnd _end;

    internal HostResult(HostAddress host, AttemptEnd end, T? value, Exception? exception)
    {
        Host = host;
        _end = end;
        _value = value;
        Exception = exception;
    }

    /// <summary>Where it ran.</summary>
    public HostAddress Host { get; }

    /// <summary>Slot of the slice in its pool, from 0.</summary>
    public int SliceId => Host.SliceId;

    /// <summary>Index of the host in its slice, from 0.</summary>
    public int HostId => Host.HostId;

    /// <summary>How it ended.</summary>
    public RunOutcome Outcome => _end.Outcome;

    /// <summary>Whether the function gave its result, and that could be read.</summary>
    public bool Succeeded => Outcome == RunOutcome.Succeeded && Exception is null;

    /// <summary>The function's result.</summary>
    /// <exception cref="HostRunException">It did not succeed; <see cref="Exception"/> is inside.</exception>
    public T Value => Succeeded ? _value! : throw new HostRunException(Host, _end, Exception);

    /// <summary>What the function threw, as a <see cref="RemoteException"/>, or why its result could not be read; null when neither.</summary>
    public Exception? Exception { get; }

    /// <summary>The fact that decided the outcome.</summary>
    public string Evidence => _end.Evidence;

    /// <summary>Exit code of the process it ran in, when that died; else null.</summary>
    public int? ExitCode => _end.ExitCode;

    /// <summary>Number of the attempt, from 1.</summary>
    public int Attempt => _end.Attempt;

    /// <summary>When the function was called, by the host's clock; null when it never was.</summary>
    public DateTimeOffset? Started => _end.StartedMs is { } ms ? DateTimeOffset.FromUnixTimeMilliseconds(ms) : null;

    /// <summary>When the attempt ended, by the host's clock.</summary>
    public DateTimeOffset Ended => DateTimeOffset.FromUnixTimeMilliseconds(_end.EndedMs);

    /// <summary>How long the function ran.</summary>
    public TimeSpan Duration => TimeSpan.FromMilliseconds(_end.DurationMs);

    /// <inheritdoc/>
    public override string ToString() => Succeeded ? $"{Host}: {_value}" : $"{Host}: {Outcome}";
}
