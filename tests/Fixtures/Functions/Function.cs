using Eformer.Pool.Functions;

namespace Acme.Functions;

/// <summary>What the generator makes of a function, by hand: its contract, and what reads a call of it.</summary>
public abstract class Function
{
    private protected Function(RemoteContract contract) => Contract = contract;

    public RemoteContract Contract { get; }

    internal abstract RemoteRequest Read(ref ArgumentReader arguments);
}
