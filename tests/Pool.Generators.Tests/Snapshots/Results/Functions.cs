namespace Acme;

public static partial class Results
{
    [RemoteFunction]
    public static void Nothing() { }

    [RemoteFunction]
    public static int Value() => 1;

    [RemoteFunction]
    public static Task LaterAsync(CancellationToken ct) => Task.CompletedTask;

    [RemoteFunction]
    public static Task<string?> ValueLaterAsync(CancellationToken ct) => Task.FromResult<string?>(null);

    [RemoteFunction]
    public static ValueTask PerhapsLaterAsync(CancellationToken ct) => default;

    [RemoteFunction]
    public static ValueTask<List<string?>> ValuePerhapsLaterAsync(CancellationToken ct) => new([]);

    [RemoteFunction]
    public static async IAsyncEnumerable<(string Key, int Value)[]?> NeverMade()
    {
        await Task.Yield();
        yield return null;
    }

    [RemoteFunction]
    public static async IAsyncEnumerable<KeyValuePair<string, int>> StreamAsync(
        IProgress<string> report, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct = default)
    {
        await Task.Yield();
        yield return new("a", 1);
    }
}
