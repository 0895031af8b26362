using Eformer.Pool.Generators.Model;

namespace Eformer.Pool.Generators.Parsing;

/// <summary>What a declaration comes to.</summary>
/// <param name="Model">The function; null when no code can be made of it, because of a problem or an error of the compiler's own.</param>
/// <param name="Problems">What is wrong with it.</param>
internal sealed record ParsedFunction(FunctionModel? Model, IReadOnlyList<Problem> Problems);
