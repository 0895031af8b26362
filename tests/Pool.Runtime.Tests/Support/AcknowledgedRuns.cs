using System.Reflection;
using Eformer.Pool.Store;

namespace Eformer.Pool.Tests.Support;

/// <summary>A store that only takes acknowledgements, and remembers them. Each fails when it is told to.</summary>
public class AcknowledgedRuns : DispatchProxy
{
    /// <summary>What was acknowledged, by call.</summary>
    public List<string[]> Calls { get; } = [];

    /// <summary>What the next calls end with; null for well.</summary>
    public Exception? Failure { get; set; }

    /// <summary>Makes one, as the store and as itself.</summary>
    public static (IPoolStore Store, AcknowledgedRuns Seen) New()
    {
        IPoolStore store = Create<IPoolStore, AcknowledgedRuns>();
        return (store, (AcknowledgedRuns)store);
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        Assert.Equal(nameof(IPoolStore.AcknowledgeAsync), targetMethod!.Name);
        lock (Calls)
        {
            Calls.Add([.. (IReadOnlyList<string>)args![0]!]);
        }

        return Failure is null ? Task.CompletedTask : Task.FromException(Failure);
    }
}
