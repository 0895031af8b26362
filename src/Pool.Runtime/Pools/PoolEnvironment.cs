using System.Globalization;

namespace Eformer.Pool;

/// <summary>The environment variables that a driver reads. A value that is no good is an error at use, not at import.</summary>
public static class PoolEnvironment
{
    /// <summary>Port of the multi-slice coordinator: <c>COORD_PORT</c>, else 8081.</summary>
    /// <exception cref="SlicePoolException"><c>InvalidEnvironment</c>.</exception>
    public static int CoordinatorPort()
    {
        int port = Positive("COORD_PORT", 8081);
        return port <= ushort.MaxValue ? port : throw Invalid("COORD_PORT", port.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>How often a waiting scale looks again: <c>EFORMER_SCALE_POLL_S</c>, else 30 s. A doorbell wakes it earlier.</summary>
    /// <exception cref="SlicePoolException"><c>InvalidEnvironment</c>.</exception>
    public static TimeSpan ScalePoll() => TimeSpan.FromSeconds(Positive("EFORMER_SCALE_POLL_S", 30));

    /// <summary>How long a scale waits in all: <c>EFORMER_SCALE_ADD_TIMEOUT_S</c>, else a week.</summary>
    /// <exception cref="SlicePoolException"><c>InvalidEnvironment</c>.</exception>
    public static TimeSpan ScaleTimeout() => TimeSpan.FromSeconds(Positive("EFORMER_SCALE_ADD_TIMEOUT_S", 604_800));

    /// <summary>How long a run waits for its hosts to be healthy: <c>EFORMER_HOST_HEALTH_WAIT_S</c>, else 60 s.</summary>
    /// <exception cref="SlicePoolException"><c>InvalidEnvironment</c>.</exception>
    public static TimeSpan HealthWait() => TimeSpan.FromSeconds(Positive("EFORMER_HOST_HEALTH_WAIT_S", 60));

    private static int Positive(string name, int fallback)
    {
        string? text = Environment.GetEnvironmentVariable(name);
        return string.IsNullOrEmpty(text) ? fallback
            : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value) && value > 0 ? value
            : throw Invalid(name, text);
    }

    private static SlicePoolException Invalid(string name, string value) => new(
        "InvalidEnvironment",
        PoolErrorCategory.InvalidArgument,
        $"The environment variable {name} is '{Topology.PoolName.Printable(value)}', which it cannot be.",
        "Set it to a positive number within its range, or remove it.",
        name);
}
