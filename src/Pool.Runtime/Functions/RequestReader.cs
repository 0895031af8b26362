namespace Eformer.Pool.Functions;

/// <summary>Reads the arguments of a function's call.</summary>
/// <exception cref="RemoteArgumentException">They are not what the function takes.</exception>
public delegate RemoteRequest RequestReader(ref ArgumentReader arguments);
