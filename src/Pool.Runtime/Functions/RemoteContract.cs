using System.Security.Cryptography;
using System.Text;

namespace Eformer.Pool.Functions;

/// <summary>What driver and host must agree on about a remote function. One for each function, made by generated code. Immutable.</summary>
public sealed class RemoteContract
{
    private readonly RemoteJson? _json;

    /// <summary>Makes a contract.</summary>
    /// <param name="name">Name of the function on the wire.</param>
    /// <param name="schema">Its arguments, its result and the members of their types, one on each line, as the generator writes it.</param>
    public RemoteContract(string name, string schema)
    {
        Name = name;
        Schema = schema;
        Hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(schema)));
    }

    /// <summary>Makes a contract of a function whose assembly is there.</summary>
    /// <param name="name">Name of the function on the wire.</param>
    /// <param name="schema">Its arguments, its result and the members of their types, one on each line, as the generator writes it.</param>
    /// <param name="json">How its assembly reads and writes them.</param>
    public RemoteContract(string name, string schema, RemoteJson json) : this(name, schema) => _json = json;

    /// <summary>Name of the function on the wire.</summary>
    public string Name { get; }

    /// <summary>Its arguments, its result and the members of their types, one on each line.</summary>
    public string Schema { get; }

    /// <summary>SHA-256 of the schema, hex, lower case: two that are the same agree in everything.</summary>
    public string Hash { get; }

    /// <summary>How its assembly reads and writes its arguments and values.</summary>
    /// <exception cref="InvalidOperationException">It does not say: it was made to be compared only.</exception>
    internal RemoteJson Json => _json ?? throw new InvalidOperationException($"The contract of '{Name}' does not say how its arguments and values are read.");

    /// <inheritdoc/>
    public override string ToString() => Name;
}
