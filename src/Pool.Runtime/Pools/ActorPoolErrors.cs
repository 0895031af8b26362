namespace Eformer.Pool.Pools;

/// <summary>The errors of a pool of actors.</summary>
internal static class ActorPoolErrors
{
    public static SlicePoolException Removed(string pool) => new(
        "PoolRemoved",
        PoolErrorCategory.InvalidOperation,
        $"The pool '{pool}' was removed.",
        "Make a new pool.",
        pool);

    public static SlicePoolException Drained(string pool) => new(
        "PoolDrained",
        PoolErrorCategory.OperationStopped,
        $"The pool '{pool}' was drained before it had the size that was asked for; what had been made was ended.",
        "Scale it again if it is still needed.",
        pool);

    public static SlicePoolException HealthUnknown(string actor, Exception cause) => new(
        "HealthUnknown",
        PoolErrorCategory.ResourceUnavailable,
        $"Whether '{actor}' is well cannot be told: {cause.Message} Nothing was changed.",
        "Find out why it does not answer, or drain the pool.",
        actor,
        cause);

    /// <summary>What there is to say of ends that did not go as they should; null when all did.</summary>
    /// <param name="stopped">Failures of stopping actors that were killed then.</param>
    /// <param name="alive">Failures of killing.</param>
    public static SlicePoolException? Ending(IReadOnlyList<ActorFailure> stopped, IReadOnlyList<ActorFailure> alive)
    {
        AggregateException causes = new([.. alive.Concat(stopped).Select(failure => failure.Cause)]);
        return alive.Count > 0
            ? new SlicePoolException(
                "ActorNotEnded",
                PoolErrorCategory.ResourceBusy,
                $"{Names(alive)} could not be ended: {alive[0].Cause.Message}",
                "Drain the pool again, or end them by hand; until then they are still members.",
                alive[0].Actor,
                causes)
            : stopped.Count > 0
                ? new SlicePoolException(
                    "ActorStopFailed",
                    PoolErrorCategory.OperationStopped,
                    $"{Names(stopped)} had to be killed, because stopping failed: {stopped[0].Cause.Message}",
                    "Nothing is left running; see whether what was interrupted must be done again.",
                    stopped[0].Actor,
                    causes)
                : null;
    }

    private static string Names(IReadOnlyList<ActorFailure> failures) => string.Join(", ", failures.Select(failure => $"'{failure.Actor}'"));
}
