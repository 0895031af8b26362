using System.Reflection;

namespace Eformer.Pool.Store;

/// <summary>Opens the Redis side of <see cref="IPoolStore"/>, in a load context of its own where it must be.</summary>
/// <remarks>
/// In a PowerShell session any other module may have loaded another StackExchange.Redis. So the store's assembly lives in
/// a folder <c>dependencies</c> beside this one and is loaded there with everything it needs; users' programs get that folder with
/// the package. In the worker and in tests, where nobody else's assemblies are, there is none and it is loaded by name.
/// </remarks>
public static class StoreLoader
{
    private const string AssemblyName = "Eformer.Pool.Store";
    private const string FactoryTypeName = "Eformer.Pool.RedisStore.RedisPoolStoreFactory";

    private static readonly Lazy<IPoolStoreFactory> s_factory = new(LoadFactory);

    /// <summary>Checks that an address can be understood and may be used. Asks nobody: for who looks at something else before he connects.</summary>
    /// <exception cref="SlicePoolException"><c>InvalidStore</c>, <c>InsecureTransport</c>.</exception>
    public static void Check(StoreOptions options) => s_factory.Value.Check(options);

    /// <summary>Connects to a store and checks that it is fit.</summary>
    /// <exception cref="SlicePoolException">
    /// <c>InvalidStore</c>, <c>InsecureTransport</c>, <c>StoreUnreachable</c> (within five seconds), <c>StoreAuthentication</c>, <c>StoreUnfit</c>.
    /// </exception>
    public static Task<IPoolStore> OpenAsync(StoreOptions options, CancellationToken cancellationToken) =>
        s_factory.Value.OpenAsync(options, cancellationToken);

    /// <summary>Finds out whether a server can be a store, requirement by requirement. Takes a second at most and leaves nothing in it.</summary>
    /// <exception cref="SlicePoolException">
    /// <c>InvalidStore</c>, <c>InsecureTransport</c>, <c>StoreUnreachable</c> (within five seconds), <c>StoreAuthentication</c>, and
    /// <c>StoreUnfit</c> when it is no Redis server at all.
    /// </exception>
    public static Task<IReadOnlyList<StoreRequirement>> InspectAsync(StoreOptions options, CancellationToken cancellationToken) =>
        s_factory.Value.InspectAsync(options, cancellationToken);

    private static IPoolStoreFactory LoadFactory()
    {
        string folder = Path.Combine(Folder(), "dependencies");
        string file = Path.Combine(folder, AssemblyName + ".dll");
        Assembly assembly = File.Exists(file)
            ? new StoreLoadContext(folder).LoadFromAssemblyPath(file)
            : Assembly.Load(new AssemblyName(AssemblyName));
        return (IPoolStoreFactory)Activator.CreateInstance(assembly.GetType(FactoryTypeName, throwOnError: true)!)!;
    }

    // An assembly within a program of one file has no place of its own; what is not in that file lies beside it.
    private static string Folder() =>
        typeof(StoreLoader).Assembly.Location is { Length: > 0 } place ? Path.GetDirectoryName(place)! : AppContext.BaseDirectory;
}
