using System.ComponentModel;

namespace Eformer.Pool.Functions;

/// <summary>What the tables that the generator makes have in common: each adds its functions when it is made.</summary>
/// <remarks>A switch on the names would take the compiler longer than all that is made for them.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class FunctionTable : RemoteFunctionTable
{
    private readonly Dictionary<string, (RemoteContract Contract, RequestReader Read)> _functions = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public sealed override RemoteContract? Find(string function) =>
        _functions.TryGetValue(function, out (RemoteContract Contract, RequestReader Read) found) ? found.Contract : null;

    /// <inheritdoc/>
    public sealed override RemoteRequest Read(string function, ref ArgumentReader arguments) => _functions[function].Read(ref arguments);

    /// <summary>Adds a function. For constructors.</summary>
    protected void Add(RemoteContract contract, RequestReader read) => _functions.Add(contract.Name, (contract, read));
}
