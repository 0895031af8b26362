using Xunit;

namespace Eformer.Pool.Faults.Tests.Support;

/// <summary>Calls to a store that may be away for a moment.</summary>
internal static class Retry
{
    /// <summary>Tries until the store answers.</summary>
    public static Task UntilReachableAsync(Func<Task> call) => Eventually.TrueAsync(
        () => OnceAsync(call), "the store can be reached", TestContext.Current.CancellationToken);

    /// <summary>Tries once.</summary>
    /// <returns>Whether the store could be reached.</returns>
    public static async Task<bool> OnceAsync(Func<Task> call)
    {
        try
        {
            await call();
            return true;
        }
        catch (SlicePoolException exception) when ((exception.InnerException as SlicePoolException ?? exception).ErrorId == "StoreUnreachable")
        {
            // Also where a lease could not be renewed because of that. Connections are made again in the background; until then calls fail at once.
            return false;
        }
    }
}
