namespace Eformer.Pool;

/// <summary>The result of a function that gives none.</summary>
public readonly record struct NoValue;
