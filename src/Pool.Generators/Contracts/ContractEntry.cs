namespace Eformer.Pool.Generators.Contracts;

/// <summary>A function in a contract file.</summary>
/// <param name="Name">Its name.</param>
/// <param name="LineNumber">Of its first line, from 0.</param>
/// <param name="Lines">Its contract.</param>
internal sealed record ContractEntry(string Name, int LineNumber, IReadOnlyList<string> Lines);
