using System.Reflection;
using Eformer.Pool.Store;

namespace Eformer.Pool.HostWorker.Tests.RuntimeEnvironments;

/// <summary>A store whose pieces of blobs come when they are let go, and that counts how many are on their way at a time.</summary>
public class SlowStore : DispatchProxy
{
    private readonly TaskCompletionSource _go = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _gate = new();
    private IPoolStore _inner = null!;
    private int _puts;
    private int _reads;

    /// <summary>This, as a store.</summary>
    public IPoolStore Store => (IPoolStore)(object)this;

    public int MostPuts { get; private set; }

    public int MostReads { get; private set; }

    public static SlowStore Around(IPoolStore inner)
    {
        SlowStore slow = (SlowStore)(object)Create<IPoolStore, SlowStore>();
        slow._inner = inner;
        return slow;
    }

    /// <summary>Lets pieces pass from now on.</summary>
    public void Go() => _go.TrySetResult();

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => targetMethod!.Name switch
    {
        nameof(IPoolStore.PutBlobAsync) => PutAsync((BlobPiece)args![0]!, (CancellationToken)args[1]!),
        nameof(IPoolStore.ReadBlobAsync) => ReadAsync((BlobId)args![0]!, (int)args[1]!, (CancellationToken)args[2]!),
        _ => targetMethod.Invoke(_inner, args),
    };

    private async Task<int> PutAsync(BlobPiece piece, CancellationToken cancellationToken)
    {
        Count(puts: 1, reads: 0);
        try
        {
            // In the order of the calls, as a connection has it.
            Task<int> answer = _inner.PutBlobAsync(piece, cancellationToken);
            await PassAsync(cancellationToken);
            return await answer;
        }
        finally
        {
            Count(puts: -1, reads: 0);
        }
    }

    private async Task<ReadOnlyMemory<byte>?> ReadAsync(BlobId blob, int index, CancellationToken cancellationToken)
    {
        Count(puts: 0, reads: 1);
        try
        {
            await PassAsync(cancellationToken);
            return await _inner.ReadBlobAsync(blob, index, cancellationToken);
        }
        finally
        {
            Count(puts: 0, reads: -1);
        }
    }

    private async Task PassAsync(CancellationToken cancellationToken)
    {
        await _go.Task.WaitAsync(cancellationToken);
        await Task.Yield();
    }

    private void Count(int puts, int reads)
    {
        lock (_gate)
        {
            _puts += puts;
            _reads += reads;
            MostPuts = Math.Max(MostPuts, _puts);
            MostReads = Math.Max(MostReads, _reads);
        }
    }
}
