namespace Eformer.Pool.Module.Binding;

/// <summary>A pool, or names of pools with wildcards: what a parameter takes that works for pools which are gone, too.</summary>
public sealed class PoolReference
{
    /// <summary>Names.</summary>
    public PoolReference(string name) => Name = name;

    /// <summary>A pool.</summary>
    public PoolReference(SlicePool pool)
    {
        Pool = pool;
        Name = pool?.Name ?? "";
    }

    /// <summary>The pool; null when names were given.</summary>
    public SlicePool? Pool { get; }

    /// <summary>Name of the pool, or names with wildcards.</summary>
    public string Name { get; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
