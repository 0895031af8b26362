namespace Eformer.Pool.Store;
/// <summary>stub, the store helper writes it</summary>
/// <param name="Endpoint">e</param>
/// <param name="Password">p</param>
public sealed record StoreFile(string Endpoint, string Password) {
    /// <summary>reads</summary>
    public static StoreFile Read(string path) => throw new NotSupportedException(path);
}
