namespace Eformer.Pool.Tests.Functions;

/// <summary>Something that is never good enough for its own constructor.</summary>
public sealed class Picky
{
    /// <param name="of">Full name of the exception that it throws; empty for none.</param>
    public Picky(string of)
    {
        Of = of;
        if (of.Length > 0)
        {
            throw (Exception)Activator.CreateInstance(Type.GetType(of, throwOnError: true)!)!;
        }
    }

    public string Of { get; }

    public static string Json(Type thrown) => $"{{\"Of\":\"{thrown.AssemblyQualifiedName}\"}}";
}
