using Microsoft.Extensions.Logging;

namespace Eformer.Pool.HostWorker.Agent;

/// <summary>Says in the log that a store does not do what it is asked: when that begins, now and then while it lasts, and when it is over. Thread-safe.</summary>
/// <remarks>Much of an agent asks the same store, and most of it again and again until it answers: of all that, people need to know once.</remarks>
internal sealed partial class StoreTrouble(TimeProvider clock, ILogger logger)
{
    private static readonly TimeSpan s_rarely = TimeSpan.FromMinutes(5);
    private readonly Lock _gate = new();
    private readonly HashSet<object> _waiting = [];
    private readonly Dictionary<string, long> _toldAt = new(StringComparer.Ordinal);
    private long _since;

    /// <summary>Notes that somebody was not answered as he should be, and asks again.</summary>
    /// <param name="who">Who it is, by a reference or a name of his own.</param>
    /// <param name="what">What the store's error is.</param>
    public void Meet(object who, SlicePoolException what)
    {
        lock (_gate)
        {
            long now = clock.GetTimestamp();
            _since = _waiting.Count == 0 ? now : _since;
            _waiting.Add(who);
            // What is to be done tells troubles apart that are one to whoever asks again.
            string kind = $"{what.ErrorId} {what.RecommendedAction}";
            bool known = _toldAt.TryGetValue(kind, out long told);
            if (known && clock.GetElapsedTime(told, now) < s_rarely)
            {
                return;
            }

            _toldAt[kind] = now;
            if (known)
            {
                LogLasts(what.ErrorId, clock.GetElapsedTime(_since, now).TotalMinutes, what.Message);
            }
            else
            {
                LogBegins(what.ErrorId, what.Message, what.RecommendedAction);
            }
        }
    }

    /// <summary>Notes that somebody was answered, or asks no more.</summary>
    public void Leave(object who)
    {
        lock (_gate)
        {
            if (_waiting.Remove(who) && _waiting.Count == 0)
            {
                _toldAt.Clear();
                LogOver(clock.GetElapsedTime(_since).TotalSeconds);
            }
        }
    }

    [LoggerMessage(801, LogLevel.Warning, "{Id}: {Reason} {Advice} It is tried again until it is over")]
    private partial void LogBegins(string id, string reason, string? advice);

    [LoggerMessage(802, LogLevel.Warning, "{Id}, for {Minutes:0} min now: {Reason}")]
    private partial void LogLasts(string id, double minutes, string reason);

    [LoggerMessage(803, LogLevel.Information, "Nothing waits for the store any more, after {Seconds:0.0} s")]
    private partial void LogOver(double seconds);
}
