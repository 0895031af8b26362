namespace Eformer.Pool.Functions;

/// <summary>The remote functions of an assembly. One for each assembly, made by generated code. Thread-safe.</summary>
public abstract class RemoteFunctionTable
{
    /// <summary>The contract of a function; null when the assembly has none of that name.</summary>
    public abstract RemoteContract? Find(string function);

    /// <summary>Reads the arguments of a call.</summary>
    /// <param name="function">A function that <see cref="Find"/> finds.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <exception cref="RemoteArgumentException">They are not what the function takes.</exception>
    public abstract RemoteRequest Read(string function, ref ArgumentReader arguments);
}
